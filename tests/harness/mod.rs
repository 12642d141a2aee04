//! What the tests share: real databases, fixtures, a whole server, and real browsers.
//!
//! - [`store`]: a fresh store on either database, gone afterwards;
//! - [`statements`]: what a piece of work asks the database;
//! - [`fixture`]: venues, events, surveys and visitors to fill it with;
//! - [`honest`]: an audience that is what it seems;
//! - [`test_server`]: a running server with a venue, an event and a kiosk in it;
//! - [`message_sinks`]: where e-mails and webhooks arrive;
//! - [`program`]: the program itself, as a process that can be killed;
//! - [`demo`]: the program playing its demo season, and the way in for tablet, phone and staff;
//! - [`file_proxy`]: stands between browser and server, and answers other files;
//! - [`next_build`]: a build that can be deployed through it;
//! - [`fault_proxy`]: a bad network between tablet and server;
//! - [`proxied_server`]: the program behind that proxy, and what it has stored;
//! - [`test_tablet`]: a tablet, and what it keeps;
//! - [`browser`]: Chromium, its console watched;
//! - [`report`]: figures for the reader, and how long to go on.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails at once")]
#![expect(clippy::missing_panics_doc, reason = "failing is what a test helper does when something is wrong")]

pub mod browser;
pub mod demo;
pub mod fault_proxy;
pub mod file_proxy;
pub mod fixture;
pub mod honest;
pub mod message_sinks;
pub mod next_build;
pub mod open_id_provider;
pub mod program;
pub mod prometheus_text;
pub mod proxied_server;
pub mod report;
pub mod statements;
pub mod store;
pub mod test_server;
pub mod test_tablet;

#[doc(hidden)]
pub use pastey;
use tokio::time::{Duration, Instant, interval};

/// How long something may take on the busiest machine. Only a test that fails waits for so long.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// Waits until something holds, asking often; the test fails where it does not within [`PATIENCE`].
///
/// # Panics
/// Where it does not hold in time.
pub async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    until_within(PATIENCE, what, holds).await;
}

/// [`until`], for what takes its time even where nothing else is done, such as an evening of many visitors.
///
/// # Panics
/// Where it does not hold in time.
pub async fn until_within(patience: Duration, what: &str, holds: impl AsyncFn() -> bool) {
    let latest = Instant::now() + patience;
    let mut often = interval(Duration::from_millis(20));
    while !holds().await {
        assert!(Instant::now() < latest, "not in time: {what}");
        often.tick().await;
    }
}
