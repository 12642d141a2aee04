//! One chromedriver for all browsers of a test program.

use std::{path::Path, process::Child, sync::Arc, time::Duration};

use serde_json::{Value, json};
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
    error::WebDriverResult,
};
use tokio::sync::OnceCell;

use crate::{
    program::{HeldPort, until_the_tests_end},
    until,
};

struct Chromedriver {
    address: String,
    _port: Arc<HeldPort>,
    // It ends when the pipe to its keeper does, which is when this program does.
    _keeper: Child,
}

/// How long a script may take until it says that it is done.
const SCRIPT: Duration = Duration::from_mins(3);

static CHROMEDRIVER: OnceCell<Chromedriver> = OnceCell::const_new();

async fn chromedriver() -> &'static str {
    let start = async || {
        let port = HeldPort::new();
        let keeper = until_the_tests_end("chromedriver", &[&format!("--port={}", port.number())]);
        let address = format!("http://127.0.0.1:{}", port.number());
        let what = "chromedriver answers (if it is not installed: `cargo xtask test` installs it)";
        let status = format!("{address}/status");
        until(what, async || reqwest::get(&status).await.is_ok()).await;
        Chromedriver { address, _port: port, _keeper: keeper }
    };
    &CHROMEDRIVER.get_or_init(start).await.address
}

/// A new Chromium with this profile.
pub(super) async fn chromium(profile: &Path, javascript: bool) -> WebDriver {
    let capabilities = capabilities(profile, javascript).expect("JSON");
    session(chromedriver().await, capabilities.into()).await.expect("Chromium starts")
}

/// A browser that a driver has started, with time for what it is asked.
pub(super) async fn session(driver: &str, wanted: Capabilities) -> WebDriverResult<WebDriver> {
    let driver = WebDriver::builder(driver, wanted).request_timeout(2 * SCRIPT).await?;
    driver.set_script_timeout(SCRIPT).await?;
    Ok(driver)
}

fn capabilities(profile: &Path, javascript: bool) -> WebDriverResult<thirtyfour::ChromeCapabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        // Root may not have a sandbox.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // What works only because a browser happened to keep the whole page alive is not proved.
        "--disable-features=BackForwardCache",
        "--hide-scrollbars",
        // Two browsers side by side: neither may sleep because the other one is in front.
        "--disable-background-timer-throttling",
        "--disable-renderer-backgrounding",
        "--disable-backgrounding-occluded-windows",
    ] {
        wanted.add_arg(argument)?;
    }
    wanted.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    wanted.add_experimental_option("prefs", preferences(javascript))?;
    wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(wanted)
}

fn preferences(javascript: bool) -> Value {
    let blocked = 2;
    let mut preferences = json!({"intl.accept_languages": "fi,en"});
    if !javascript {
        preferences["profile.managed_default_content_settings.javascript"] = blocked.into();
    }
    preferences
}
