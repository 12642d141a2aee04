//! The other engine: `WebKit`, which tablets from Apple have, as Debian packs it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Child,
    sync::Arc,
};

use serde_json::json;
use thirtyfour::Capabilities;
use tokio::sync::OnceCell;

use super::{Browser, Engine, Screen, driver::session};
use crate::{
    program::{HeldPort, until_the_tests_end},
    until,
};

struct Driver {
    address: String,
    _port: Arc<HeldPort>,
    // It ends when the pipe to its keeper does, which is when this program does.
    _keeper: Child,
}

static DRIVER: OnceCell<Driver> = OnceCell::const_new();

impl Browser {
    /// Opens a `WebKit`, or says what this machine lacks.
    ///
    /// It forgets everything when it ends, has no console to ask, and runs what it was to [`Browser::prepare`] only
    /// after a page's own scripts.
    ///
    /// # Errors
    /// The sentence for whoever wonders why the test was skipped.
    ///
    /// # Panics
    /// Where it is there and does not start.
    pub async fn open_webkit(screen: Screen) -> Result<Self, &'static str> {
        let binary = mini_browser().ok_or("there is no WebKit: install webkit2gtk-driver")?;
        if !["xvfb-run", "WebKitWebDriver"].iter().all(|name| is_installed(name)) {
            return Err("WebKit cannot be driven: install webkit2gtk-driver and xvfb");
        }
        let mut wanted = Capabilities::new();
        let options = json!({"binary": binary, "args": ["--automation"]});
        wanted.set("webkitgtk:browserOptions", options).expect("JSON");
        let driver = session(webdriver().await, wanted).await.expect("WebKit starts");
        driver.set_window_rect(0, 0, screen.width, screen.height).await.expect("a window");
        let profile = tempfile::tempdir().expect("a folder");
        Ok(Self::around(driver, Engine::WebKit, screen, profile))
    }
}

async fn webdriver() -> &'static str {
    let start = async || {
        let held = HeldPort::new();
        let port = format!("--port={}", held.number());
        // Root may not have a sandbox.
        let environment = "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1";
        let keeper = until_the_tests_end("env", &[environment, "xvfb-run", "-a", "WebKitWebDriver", &port]);
        let address = port.replace("--port=", "http://127.0.0.1:");
        let status = format!("{address}/status");
        until("WebKitWebDriver answers", async || reqwest::get(&status).await.is_ok()).await;
        Driver { address, _port: held, _keeper: keeper }
    };
    &DRIVER.get_or_init(start).await.address
}

/// It lies in the folder of the library that it shows, which is named after the machine.
fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    let inside = |folder: PathBuf| folder.join("webkit2gtk-4.1/MiniBrowser");
    libraries.map(inside).find(|program| program.is_file())
}

fn is_installed(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| Path::new(&folder).join(name).is_file())
}
