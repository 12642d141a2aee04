//! What the browser complains about. A story that forgets to look fails.

use thirtyfour::BrowserLogEntry;

use super::{Browser, Engine};
use crate::PATIENCE;

impl Browser {
    /// Ends the browser, and the test where the console has a warning or an error.
    ///
    /// # Panics
    /// Where it has.
    pub async fn close(mut self) {
        self.closed = true;
        let complaints = self.complaints().await;
        self.driver.clone().quit().await.expect("the browser ends");
        assert_eq!(complaints, Vec::<String>::new(), "the browser's console");
    }

    /// Does not mind complaints that contain this: a missing page is missing, a dead server is dead.
    pub fn forgive(&mut self, complaint: &'static str) {
        self.forgiven.push(complaint);
    }

    /// What the console says that is a warning or worse, since it was asked the last time.
    pub async fn complaints(&self) -> Vec<String> {
        if self.engine == Engine::WebKit {
            // It does not tell.
            return Vec::new();
        }
        let log = self.driver.browser_log().await.expect("a console");
        let serious = log.into_iter().filter(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE"));
        let unexpected = |entry: &BrowserLogEntry| !self.forgiven.iter().any(|known| entry.message.contains(known));
        serious.filter(unexpected).map(|entry| format!("{}: {}", entry.level, entry.message)).collect()
    }

    /// Where a test fails, what the browser shows at that moment explains it best.
    #[expect(clippy::print_stdout, reason = "it belongs to the output of the test that fails")]
    fn say_what_was_seen(&self) {
        let driver = self.driver.clone();
        let look = async move {
            let address = driver.current_url().await.map(|address| address.to_string());
            let log = driver.browser_log().await;
            let text = driver.execute("return document.body.innerText;", Vec::new()).await;
            let text = text.map(|text| text.json().as_str().unwrap_or_default().to_owned());
            println!("\nthe browser was at {address:?}\nand showed {text:?}\nits console: {log:?}");
        };
        // Dropping cannot wait; a thread of its own can.
        let looked = std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async { tokio::time::timeout(PATIENCE, look).await })
        });
        // Where nothing could be seen the failure itself is still told.
        let _: std::thread::Result<_> = looked.join();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if self.closed {
            return;
        }
        assert!(std::thread::panicking(), "a browser that is not closed shows its console to nobody");
        self.say_what_was_seen();
    }
}
