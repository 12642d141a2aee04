//! A browser that dies without a warning, as where the battery is flat, and comes back with what was on its disk.

use std::{fs, path::Path};

use thirtyfour::error::WebDriverResult;
use tokio::process::Command;

use super::{Browser, driver};
use crate::until;

impl Browser {
    /// Kills it and starts it again on the same profile, with an empty page, prepared as before.
    ///
    /// # Panics
    /// Where it does not die, or does not start.
    pub async fn kill_and_start_again(&mut self) {
        let profile = self.profile.path().to_owned();
        let ids = processes(&profile);
        assert!(!ids.is_empty(), "a running browser has processes");
        // One of them may have ended by itself meanwhile, which is as good.
        Command::new("kill").arg("-KILL").args(&ids).status().await.expect("`kill` starts");
        until("the browser is dead", async || processes(&profile).is_empty()).await;
        let dead = std::mem::replace(&mut self.driver, driver::chromium(&profile, true).await);
        // Its driver only learns now that there is nothing left to end.
        let _: WebDriverResult<()> = dead.quit().await;
        self.turn_to(self.screen).await;
        let scripts = self.scripts.get_mut().expect("no test panics while it holds this").clone();
        for script in scripts {
            self.prepare_tab(&script).await;
        }
    }
}

/// The processes that were started with this profile, by their ids.
fn processes(profile: &Path) -> Vec<String> {
    let argument = format!("--user-data-dir={}", profile.display());
    let all = fs::read_dir("/proc").expect("a system that lists its processes").flatten();
    let ids = all.filter_map(|entry| entry.file_name().into_string().ok().filter(|id| id.parse::<u32>().is_ok()));
    let ours = |id: &String| {
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0).any(|part| part == argument.as_bytes())
    };
    ids.filter(ours).collect()
}
