//! Chromium, driven from outside as a visitor would, its console watched: no story ends well where
//! the browser had anything to complain about.
//!
//! - [`driver`]: the one chromedriver of these tests, and how a Chromium is started;
//! - [`battery`]: a browser that dies and comes back;
//! - [`clock`]: the page's time, which a test moves;
//! - [`console`]: what the browser complains about, and how it is closed;
//! - [`touch`]: fingers, text of another size, colours that the browser forces;
//! - [`webkit`]: the other engine;
//! - [`axe`]: what axe-core says about a page.

pub mod axe;
mod battery;
mod clock;
mod console;
mod driver;
mod touch;
mod webkit;

use std::{cell::RefCell, sync::Mutex};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{
    By, WebDriver, WebElement,
    error::{WebDriverError, WebDriverResult},
    session::scriptret::ScriptRet,
};

use crate::until;

/// A screen, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// pixels across
    pub width: u32,
    /// pixels down
    pub height: u32,
}

impl Screen {
    /// A common tablet, landscape.
    pub const TABLET: Self = Self { width: 1280, height: 800 };
    /// A common phone.
    pub const PHONE: Self = Self { width: 390, height: 844 };
    /// An office.
    pub const DESKTOP: Self = Self { width: 1440, height: 900 };

    /// Turned by 90 degrees.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

/// A Chromium with a profile of its own, which speaks Finnish.
pub struct Browser {
    /// the driver, for what no method here does
    pub driver: WebDriver,
    forgiven: Vec<&'static str>,
    closed: bool,
    engine: Engine,
    /// what runs in every page
    scripts: Mutex<Vec<String>>,
    screen: Screen,
    profile: TempDir,
}

/// Who shows the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Engine {
    Chromium,
    WebKit,
}

impl Browser {
    /// Opens one.
    pub async fn open(screen: Screen) -> Self {
        Self::start(screen, true).await
    }

    /// Opens one that runs no scripts of any page.
    pub async fn open_without_javascript(screen: Screen) -> Self {
        Self::start(screen, false).await
    }

    async fn start(screen: Screen, javascript: bool) -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let driver = driver::chromium(profile.path(), javascript).await;
        let browser = Self::around(driver, Engine::Chromium, screen, profile);
        browser.turn_to(screen).await;
        browser
    }

    fn around(driver: WebDriver, engine: Engine, screen: Screen, profile: TempDir) -> Self {
        Self { driver, forgiven: Vec::new(), closed: false, engine, scripts: Mutex::default(), screen, profile }
    }

    /// Runs a script in every page of this tab before the page's own scripts, and again where the browser is killed
    /// and starts again.
    ///
    /// # Panics
    /// Where another test did.
    pub async fn prepare(&self, script: &str) {
        self.prepare_tab(script).await;
        let mut scripts = self.scripts.lock().expect("no test panics while it holds this");
        if scripts.iter().all(|known| known != script) {
            scripts.push(script.to_owned());
        }
    }

    async fn prepare_tab(&self, script: &str) {
        // The other engine cannot be told to run it by itself.
        if self.engine == Engine::Chromium {
            self.tell("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
        }
    }

    /// Runs a script that says itself when it is done, by its last argument.
    ///
    /// # Panics
    /// Where the script fails.
    pub async fn wait_for_script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.driver.execute_async(script, arguments).await.expect("the script runs").json().clone()
    }

    /// [`Browser::wait_for_script`] for a script that only looks, and is asked again where its page was left before it
    /// had an answer: a tablet may load its page anew whenever nobody answers.
    ///
    /// # Panics
    /// Where the script fails.
    pub async fn look(&self, script: &str, arguments: Vec<Value>) -> Value {
        in_a_page(async || self.driver.execute_async(script, arguments.clone()).await).await
    }

    /// Gives the page another size, as when a tablet is turned.
    pub async fn turn_to(&self, screen: Screen) {
        let Screen { width, height } = screen;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.tell("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What the device prefers, such as `prefers-color-scheme`, `dark`; and nothing else any more.
    pub async fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<_> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.tell("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Shows pages as they are printed, from now on.
    pub async fn print_to_screen(&self) {
        self.tell("Emulation.setEmulatedMedia", json!({"media": "print", "features": []})).await;
    }

    /// A command of the `DevTools` protocol.
    ///
    /// # Panics
    /// Where the browser refuses it.
    pub async fn tell(&self, command: &str, parameters: Value) -> Value {
        self.driver.cdp().send_raw(command, parameters).await.expect("the browser does as it is told")
    }

    /// Opens an address.
    ///
    /// # Panics
    /// Where nothing answers there.
    pub async fn goto(&self, address: impl AsRef<str>) {
        self.driver.goto(address.as_ref()).await.expect("a page");
        self.run_scripts().await;
    }

    /// Opens the printed address of a tablet, and says that this is the tablet.
    pub async fn become_tablet(&self, address: impl AsRef<str>) {
        self.goto(address).await;
        self.click(".pairing .button.is-primary").await;
    }

    /// Loads the page anew.
    ///
    /// # Panics
    /// Where nothing answers there.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page again");
        self.run_scripts().await;
    }

    async fn run_scripts(&self) {
        if self.engine == Engine::Chromium {
            return;
        }
        let scripts = self.scripts.lock().expect("no test panics while it holds this").clone();
        for script in scripts {
            self.execute(&script, Vec::new()).await;
        }
    }

    /// Where the browser is.
    ///
    /// # Panics
    /// Where it is nowhere.
    pub async fn address(&self) -> String {
        // Of the document in which things are found. What the driver itself says may still be the page before.
        let address = self.execute("return location.href", Vec::new()).await;
        address.as_str().expect("an address").to_owned()
    }

    /// Runs a script, which works also where the page's own scripts do not; in the next page where this one is just
    /// being left.
    ///
    /// # Panics
    /// Where the script fails.
    pub async fn execute(&self, script: &str, arguments: Vec<Value>) -> Value {
        in_a_page(async || self.driver.execute(script, arguments.clone()).await).await
    }

    /// The element, once it is there.
    ///
    /// # Panics
    /// Where it never is.
    pub async fn find(&self, css: &str) -> WebElement {
        let element = RefCell::new(None);
        until(&format!("{css} appears"), async || {
            let found = self.driver.find(By::Css(css)).await.ok();
            let is_there = found.is_some();
            element.replace(found);
            is_there
        })
        .await;
        element.take().expect("it was waited for")
    }

    /// Whether something like this is on the page now.
    pub async fn has(&self, css: &str) -> bool {
        self.driver.find(By::Css(css)).await.is_ok()
    }

    /// Waits until something like this is on the page.
    pub async fn wait_for(&self, css: &str) {
        until(&format!("{css} appears"), async || self.has(css).await).await;
    }

    /// Waits until nothing like this is on the page.
    pub async fn wait_for_end_of(&self, css: &str) {
        until(&format!("{css} goes away"), async || !self.has(css).await).await;
    }

    /// The text of an element, hidden parts too; empty where it is not there.
    pub async fn text(&self, css: &str) -> String {
        const TEXT: &str = "return document.querySelector(arguments[0])?.textContent ?? '';";
        self.execute(TEXT, vec![css.into()]).await.as_str().unwrap_or_default().trim().to_owned()
    }

    /// Waits until the text of an element satisfies.
    pub async fn wait_for_text(&self, css: &str, satisfies: impl Fn(&str) -> bool) {
        let what = format!("the text of {css} changes");
        until(&what, async || satisfies(&self.text(css).await)).await;
    }

    /// Taps, and taps again, until the tap has led to something else: the kiosk means a tap too soon
    /// after the last one to be the same tap.
    pub async fn tap_until(&self, css: &str, leads_to: &str) {
        let led = async || {
            let there = self.has(leads_to).await;
            if !there {
                // What is gone or covered now was tapped successfully before, or will be the next time.
                let _: WebDriverResult<()> = self.tap(css).await;
            }
            there
        };
        until(&format!("a tap on {css} leads to {leads_to}"), led).await;
    }

    /// The same with a key, which goes to the element under that address.
    pub async fn press_until(&self, css: &str, key: &str, leads_to: &str) {
        let led = async || {
            let there = self.has(leads_to).await;
            if !there {
                // As with a tap.
                let _: WebDriverResult<()> = self.press(css, key).await;
            }
            there
        };
        until(&format!("a key on {css} leads to {leads_to}"), led).await;
    }

    async fn press(&self, css: &str, key: &str) -> WebDriverResult<()> {
        self.driver.find(By::Css(css)).await?.send_keys(key).await
    }

    /// Clicks an element once it can be clicked.
    pub async fn click(&self, css: &str) {
        until(&format!("{css} can be clicked"), async || self.tap(css).await.is_ok()).await;
    }

    async fn tap(&self, css: &str) -> WebDriverResult<()> {
        self.driver.find(By::Css(css)).await?.click().await
    }

    /// Types into a field, once there is one that takes it.
    pub async fn write(&self, css: &str, text: &str) {
        until(&format!("{css} takes what is typed"), async || self.press(css, text).await.is_ok()).await;
    }
}

/// What a script answers in a page that stays until it has answered.
async fn in_a_page(run: impl AsyncFn() -> WebDriverResult<ScriptRet>) -> Value {
    let answer = RefCell::new(None);
    until("the script runs", async || match run().await {
        Ok(answered) => answer.replace(Some(answered.json().clone())).is_none(),
        Err(error) if page_was_left(&error) => false,
        Err(error) => panic!("the script runs: {error}"),
    })
    .await;
    answer.take().expect("it was waited for")
}

/// Whether there was no page any more to run a script in.
fn page_was_left(error: &WebDriverError) -> bool {
    const SAID: [&str; 5] = [
        "document unloaded",
        "aborted by navigation",
        "target navigated or closed",
        "xecution context",
        "Cannot find context",
    ];
    let error = error.to_string();
    SAID.iter().any(|said| error.contains(said))
}
