//! Every screen at every size, for people to look at: pictures in `target/screens`. What a machine can
//! say about them it says: nothing scrolls sideways, and the tablet does not scroll at all.

use std::path::PathBuf;

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    program::target,
};

use crate::{
    staff_corner::{action, open_corner, pin_of, type_pin},
    steps::{HAPPIEST, log_in, next_visitor, page_of_a_kiosk, seat, tablet},
};

/// What is halfway faded in would look wrong to people and to programs.
const CALM: (&str, &str) = ("prefers-reduced-motion", "reduce");
/// A smaller and older tablet than most.
const SMALL_TABLET: Screen = Screen { width: 1024, height: 600 };
const TABLETS: [(&str, Screen); 3] =
    [("landscape", Screen::TABLET), ("portrait", Screen::TABLET.turned()), ("small", SMALL_TABLET)];
const PAGES: [(&str, Screen); 3] =
    [("phone", Screen::PHONE), ("tablet", Screen::TABLET.turned()), ("desktop", Screen::DESKTOP)];

/// Pictures of one browser, and what does not fit.
struct Album<'a> {
    browser: &'a Browser,
    folder: PathBuf,
    misfits: Vec<String>,
}

impl<'a> Album<'a> {
    async fn of(browser: &'a Browser) -> Self {
        let folder = target().join("screens");
        tokio::fs::create_dir_all(&folder).await.expect("a folder under target");
        browser.prefer(&[CALM]).await;
        Self { browser, folder, misfits: Vec::new() }
    }

    /// A screen that must fit as a whole: nothing in it is outside, or larger than the room it has.
    async fn kiosk(&mut self, name: &str) {
        const MISFITS: &str = "
            const tooLarge = (part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1;
            const outside = (part) => {
                const [inner, outer] = [part, part.closest('.paper, .dark, .toolbar, .overlay, body')]
                    .map((element) => element.getBoundingClientRect());
                return inner.width > 1 && (inner.left < outer.left - 1 || inner.right > outer.right + 1
                    || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1);
            };
            return [...document.querySelectorAll('html, #kiosk, .paper, .dark, .overlay')].filter(tooLarge).concat(
                [...document.querySelectorAll('#kiosk :is(h1, p, button, textarea, ol, svg.face)')].filter(outside),
            ).map((part) => `${part.localName}.${part.className}`);";
        for (size, screen) in TABLETS {
            self.browser.turn_to(screen).await;
            self.take(&format!("kiosk-{name}-{size}"), MISFITS).await;
        }
    }

    /// A page that may be longer than the screen, but not wider.
    async fn page(&mut self, name: &str) {
        const MISFITS: &str = "
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth > clientWidth ? [`${scrollWidth} pixels in ${clientWidth}`] : [];";
        for (size, screen) in PAGES {
            self.browser.turn_to(screen).await;
            let whole = self.browser.execute("return document.documentElement.scrollHeight;", Vec::new()).await;
            let height = whole.as_u64().and_then(|height| u32::try_from(height).ok()).expect("a height");
            self.browser.turn_to(Screen { height, ..screen }).await;
            self.take(&format!("{name}-{size}"), MISFITS).await;
        }
    }

    /// A page as it is printed: nothing is wider than the paper.
    async fn sheet(&mut self, name: &str) {
        const MISFITS: &str = "
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth > clientWidth ? [`${scrollWidth} pixels on ${clientWidth}`] : [];";
        self.browser.turn_to(Screen { width: 794, height: 1123 }).await;
        self.take(name, MISFITS).await;
    }

    /// Takes a picture, and notes what does not fit.
    async fn take(&mut self, name: &str, misfits: &str) {
        let file = self.folder.join(name).with_extension("png");
        self.browser.driver.screenshot(&file).await.expect("a picture");
        let found = self.browser.execute(misfits, Vec::new()).await;
        let found = found.as_array().into_iter().flatten().filter_map(|line| line.as_str());
        self.misfits.extend(found.map(|line| format!("{name}: {line}")));
    }

    fn everything_fits(self) {
        assert_eq!(self.misfits, Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kiosk() {
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    let mut album = Album::of(&kiosk).await;
    for contrast in ["", "contrast-"] {
        if !contrast.is_empty() {
            kiosk.click(".tool[aria-pressed=false]").await;
            kiosk.wait_for("html[data-contrast=high]").await;
        }
        album.kiosk(&format!("{contrast}1-face")).await;
        kiosk.tap_until(HAPPIEST, ".nps").await;
        album.kiosk(&format!("{contrast}2-nps")).await;
        kiosk.skip(20_000).await;
        kiosk.wait_for(".overlay").await;
        album.kiosk(&format!("{contrast}2-countdown")).await;
        kiosk.click(".overlay .button").await;
        kiosk.wait_for_end_of(".overlay").await;
        kiosk.tap_until(&seat(8), ".choices").await;
        album.kiosk(&format!("{contrast}3-happy")).await;
        kiosk.tap_until(".choices .answer:nth-child(2)", ".comment").await;
        album.kiosk(&format!("{contrast}4-comment")).await;
        kiosk.tap_until(".step-on", ".thanks").await;
        album.kiosk(&format!("{contrast}5-thanks")).await;
        next_visitor(&kiosk).await;
    }
    kiosk.tap_until(".faces .answer:nth-child(1)", ".nps").await;
    kiosk.tap_until(&seat(0), ".choices.is-many").await;
    album.kiosk("3-unhappy").await;
    kiosk.goto("about:blank").await;

    let unpaired = Browser::open(Screen::TABLET).await;
    unpaired.goto(format!("{}/kiosk", demo.serving.base)).await;
    unpaired.wait_for(".words").await;
    let mut notices = Album::of(&unpaired).await;
    notices.kiosk("unpaired").await;
    notices.everything_fits();
    album.everything_fits();
    unpaired.close().await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff_corner() {
    let demo = Demo::start().await;
    let pin = pin_of(&demo).await;
    let kiosk = tablet(&demo).await;
    let mut album = Album::of(&kiosk).await;
    open_corner(&kiosk).await;
    album.kiosk("corner-pin").await;
    type_pin(&kiosk, &pin).await;
    kiosk.wait_for(".corner .sheet").await;
    for lang in ["sv", "en", "fi"] {
        kiosk.click(&format!(".corner-langs button[lang={lang}]")).await;
        kiosk.wait_for(&format!(".corner[lang={lang}]")).await;
        album.kiosk(&format!("corner-sheet-{lang}")).await;
    }
    kiosk.click(&action(3)).await;
    kiosk.wait_for(".band").await;
    kiosk.click(&action(5)).await;
    kiosk.wait_for_end_of(".corner").await;
    album.kiosk("demo-1-face").await;
    open_corner(&kiosk).await;
    type_pin(&kiosk, &pin).await;
    kiosk.click(&action(4)).await;
    kiosk.wait_for(".corner-lead").await;
    album.kiosk("corner-unpair").await;
    album.everything_fits();
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_phone() {
    let demo = Demo::start().await;
    let mut phone = Browser::open(Screen::PHONE).await;
    // A page that is not there.
    phone.forgive("404 (Not Found)");
    let mut album = Album::of(&phone).await;
    phone.goto(&demo.phone).await;
    album.page("visitor-form").await;
    phone.click(".faces label:nth-child(1)").await;
    album.page("visitor-form-unhappy").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    album.page("visitor-thanks").await;
    phone.goto(format!("{}/f/NONE", demo.serving.base)).await;
    album.page("visitor-not-found").await;
    album.everything_fits();
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff() {
    let demo = Demo::start().await;
    let mut staff = Browser::open(Screen::DESKTOP).await;
    // A page that is not there.
    staff.forgive("404 (Not Found)");
    let event = format!("/staff/events/{}", demo.tonight().await["id"].as_str().expect("an id"));
    let poster = format!("{event}/poster");
    let mut album = Album::of(&staff).await;
    staff.goto(&demo.staff).await;
    album.page("staff-login").await;
    log_in(&staff, &demo).await;
    let kiosk = page_of_a_kiosk(&staff, &demo).await;
    staff.goto(format!("{}/staff/events", demo.serving.base)).await;
    let settings = "return document.querySelector('a[href$=\"/settings\"]').getAttribute('href');";
    let settings = staff.execute(settings, Vec::new()).await;
    let settings = settings.as_str().expect("an address");
    let (paired, unpair) = (format!("{kiosk}?done=paired"), format!("{kiosk}/unpair"));
    let pages = [
        ("tonight", "/staff"),
        ("programme", "/staff/events"),
        ("kiosks", "/staff/kiosks"),
        ("event", &event),
        ("poster", &poster),
        ("pair", "/staff/kiosks/pair"),
        ("kiosk", &paired),
        ("unpair", &unpair),
        ("settings", settings),
        ("about", "/staff/about"),
        ("organisation", "/staff/organisation"),
        ("help", "/kiosk/help"),
        ("error", "/no"),
    ];
    for scheme in ["light", "dark"] {
        staff.prefer(&[CALM, ("prefers-color-scheme", scheme)]).await;
        for (name, page) in pages {
            staff.goto(format!("{}{page}", demo.serving.base)).await;
            if staff.has("#live").await {
                staff.wait_for(".live").await;
            }
            album.page(&format!("staff-{name}-{scheme}")).await;
        }
    }
    // What the printer gets: a sheet is as wide as a page of A4 at 96 dots an inch.
    staff.print_to_screen().await;
    for (name, page) in pages {
        staff.goto(format!("{}{page}", demo.serving.base)).await;
        album.sheet(&format!("staff-{name}-print")).await;
    }
    album.everything_fits();
    staff.close().await;
}
