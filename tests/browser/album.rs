//! Pictures for people to look at, in `target/screens`, and what a machine can say about them: nothing scrolls sideways,
//! and the tablet does not scroll at all.

use std::path::PathBuf;

use harness::{
    browser::{Browser, Screen},
    program::target,
};

/// What is halfway faded in would look wrong to people and to programs.
pub(crate) const CALM: (&str, &str) = ("prefers-reduced-motion", "reduce");
/// A smaller and older tablet than most.
const SMALL_TABLET: Screen = Screen { width: 1024, height: 600 };
const TABLETS: [(&str, Screen); 3] =
    [("landscape", Screen::TABLET), ("portrait", Screen::TABLET.turned()), ("small", SMALL_TABLET)];
pub(crate) const PAGES: [(&str, Screen); 3] =
    [("phone", Screen::PHONE), ("tablet", Screen::TABLET.turned()), ("desktop", Screen::DESKTOP)];

/// Pictures of one browser, and what does not fit.
pub(crate) struct Album<'a> {
    browser: &'a Browser,
    folder: PathBuf,
    misfits: Vec<String>,
}

impl<'a> Album<'a> {
    pub(crate) async fn of(browser: &'a Browser) -> Self {
        let folder = target().join("screens");
        tokio::fs::create_dir_all(&folder).await.expect("a folder under target");
        browser.prefer(&[CALM]).await;
        Self { browser, folder, misfits: Vec::new() }
    }

    /// A screen that must fit as a whole: nothing in it is outside, or larger than the room it has.
    pub(crate) async fn kiosk(&mut self, name: &str) {
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

    /// The tablet's screen on a phone, where somebody tries it: what steers stands beside one another and on the screen.
    pub(crate) async fn phone(&mut self, name: &str) {
        const MISFITS: &str = "
            const { scrollWidth, clientWidth } = document.documentElement;
            const buttons = [...document.querySelectorAll('.toolbar button')].map((button) => {
                const range = document.createRange();
                range.selectNodeContents(button);
                return { box: range.getBoundingClientRect(), words: button.textContent };
            });
            const meet = (one, other) => one.left < other.right && other.left < one.right
                && one.top < other.bottom && other.top < one.bottom;
            const over = buttons.flatMap(({ box, words }, nth) => buttons.slice(nth + 1)
                .filter((other) => meet(box, other.box)).map((other) => `${words} over ${other.words}`));
            const outside = buttons.filter(({ box }) => box.left < 0 || box.right > clientWidth + 1);
            return [...over, ...outside.map(({ words }) => `${words} outside`)]
                .concat(scrollWidth > clientWidth ? [`${scrollWidth} pixels in ${clientWidth}`] : []);";
        self.browser.turn_to(Screen::PHONE).await;
        self.take(&format!("kiosk-{name}-phone"), MISFITS).await;
    }

    /// A page that may be longer than the screen, but not wider.
    pub(crate) async fn page(&mut self, name: &str) {
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
    pub(crate) async fn sheet(&mut self, name: &str) {
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

    pub(crate) fn everything_fits(self) {
        assert_eq!(self.misfits, Vec::<String>::new());
    }
}
