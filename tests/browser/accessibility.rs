//! Nothing that axe-core measures stands between anybody and any page.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    program::{Serving, printed},
};

use crate::steps::{HAPPIEST, log_in, next_visitor, page_of_a_kiosk, seat, tablet};

/// What was found so far, with the page where it was.
#[derive(Default)]
struct Found(Vec<String>);

impl Found {
    async fn look_at(&mut self, browser: &Browser, page: &str) {
        assert_eq!(browser.execute("return document.documentElement.lang;", Vec::new()).await, "fi", "{page}");
        let violations = browser.violations().await;
        self.0.extend(violations.into_iter().map(|violation| format!("{page}: {violation}")));
    }

    fn nothing(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kiosk() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let kiosk = tablet(&demo).await;
    for contrast in ["", " with high contrast"] {
        if !contrast.is_empty() {
            kiosk.click(".tool[aria-pressed=false]").await;
            kiosk.wait_for("html[data-contrast=high]").await;
        }
        found.look_at(&kiosk, &format!("attract{contrast}")).await;
        kiosk.tap_until(HAPPIEST, ".nps").await;
        found.look_at(&kiosk, &format!("recommendation{contrast}")).await;
        kiosk.tap_until(&seat(8), ".choices").await;
        found.look_at(&kiosk, &format!("choice{contrast}")).await;
        kiosk.tap_until(".choices .answer:nth-child(2)", ".comment").await;
        found.look_at(&kiosk, &format!("comment{contrast}")).await;
        kiosk.tap_until(".step-on", ".thanks").await;
        found.look_at(&kiosk, &format!("thanks{contrast}")).await;
        next_visitor(&kiosk).await;
    }
    kiosk.close().await;

    let unpaired = Browser::open(Screen::TABLET).await;
    unpaired.goto(format!("{}/kiosk", demo.serving.base)).await;
    unpaired.wait_for(".words").await;
    found.look_at(&unpaired, "unpaired").await;
    unpaired.click(".tool[aria-pressed=false]").await;
    unpaired.wait_for("html[data-contrast=high]").await;
    found.look_at(&unpaired, "unpaired with high contrast").await;
    unpaired.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kiosk_while_it_waits() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let kiosk = tablet(&demo).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;
    kiosk.skip(20_000).await;
    kiosk.wait_for(".overlay").await;
    found.look_at(&kiosk, "countdown").await;
    kiosk.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_phone() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let mut phone = Browser::open(Screen::PHONE).await;
    // A page that is not there, and a form that comes back.
    phone.forgive("404 (Not Found)");
    phone.forgive("422 (Unprocessable");
    for scheme in ["light", "dark"] {
        phone.prefer(&[("prefers-color-scheme", scheme)]).await;
        phone.goto(&demo.phone).await;
        found.look_at(&phone, "form").await;
        phone.click(".send").await;
        phone.wait_for(".problem").await;
        found.look_at(&phone, "form with nothing chosen").await;
        phone.click(".faces label:nth-child(1)").await;
        found.look_at(&phone, "form of the unhappy").await;
        phone.click(".send").await;
        phone.wait_for(".spot").await;
        found.look_at(&phone, "thanks").await;
        phone.goto(format!("{}/f/NONE", demo.serving.base)).await;
        found.look_at(&phone, "not found").await;
    }
    phone.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let event = demo.tonight().await["id"].as_str().expect("an id").to_owned();
    let mut staff = Browser::open(Screen::DESKTOP).await;
    // A page that is not there, and a form that comes back.
    staff.forgive("404 (Not Found)");
    staff.forgive("422 (Unprocessable");
    staff.goto(&demo.staff).await;
    found.look_at(&staff, "log-in").await;
    log_in(&staff, &demo).await;
    let event = format!("/staff/events/{event}");
    let poster = format!("{event}/poster");
    staff.goto(format!("{}/staff/events", demo.serving.base)).await;
    let link = "return document.querySelector('[aria-labelledby=venues] a[href$=\"/settings\"]').pathname;";
    let settings = staff.execute(link, Vec::new()).await.as_str().expect("a link").to_owned();
    let kiosk = page_of_a_kiosk(&staff, &demo).await;
    let (paired, unpair) = (format!("{kiosk}?done=paired"), format!("{kiosk}/unpair"));
    for scheme in ["light", "dark"] {
        staff.prefer(&[("prefers-color-scheme", scheme)]).await;
        let pair = "/staff/kiosks/pair";
        let kiosks = [pair, &kiosk, &paired, &unpair];
        let pages = [
            "/staff",
            "/staff/events",
            "/staff/kiosks",
            "/staff/about",
            "/staff/organisation",
            &event,
            &poster,
            &settings,
            "/nothing/here",
        ];
        for page in pages.into_iter().chain(kiosks) {
            staff.goto(format!("{}{page}", demo.serving.base)).await;
            found.look_at(&staff, &format!("{page}, {scheme}")).await;
        }
        staff.goto(format!("{}/staff/events", demo.serving.base)).await;
        staff.click("a[href*='/days/']").await;
        staff.wait_for("#live").await;
        found.look_at(&staff, &format!("a day outside events, {scheme}")).await;
        staff.goto(format!("{}{pair}", demo.serving.base)).await;
        staff.write("#words", "kuu talo").await;
        staff.click(".slip .button.is-primary").await;
        staff.wait_for(".problem").await;
        found.look_at(&staff, &format!("{pair} with two words, {scheme}")).await;
    }
    staff.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stage_door() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite://{}", folder.path().join("new.db").display());
    let (serving, mut found) = (Serving::start(&database, &[]).await, Found::default());
    let first =
        serving.welcome.lines().map(str::trim).find(|line| line.starts_with("http")).expect("a link").to_owned();
    let add = ["user", "add", "--email", "new@house.example", "--role", "viewer", "--public-url", &serving.base];
    let invitation = printed(&database, &add).await;
    let invitation = invitation.lines().last().expect("a link").trim().to_owned();
    let newcomer = Browser::open(Screen::DESKTOP).await;
    for (name, link) in [("first start", first), ("invitation", invitation)] {
        for scheme in ["light", "dark"] {
            newcomer.prefer(&[("prefers-color-scheme", scheme)]).await;
            newcomer.goto(&link).await;
            newcomer.wait_for("#password").await;
            found.look_at(&newcomer, &format!("{name}, {scheme}")).await;
        }
    }
    newcomer.close().await;
    found.nothing();
}
