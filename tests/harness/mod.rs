//! What the tests share: real databases, an audience, a whole house, and real browsers.
//!
//! - [`store`]: a fresh store on either database, gone afterwards;
//! - [`audience`]: venues, events, surveys and visitors to fill it with;
//! - [`house`]: a running server with a little world in it;
//! - [`post`]: where messages arrive;
//! - [`program`]: the program itself, as a process that can be killed;
//! - [`demo`]: the program playing its demo season, and the way in for tablet, phone and staff;
//! - [`gate`]: stands between browser and server, and plays tricks;
//! - [`next_build`]: a build that can be deployed through it;
//! - [`foyer`]: a tablet in a foyer, what it keeps, and what the server has of it;
//! - [`proxy`]: a bad network between the two;
//! - [`browser`]: Chromium, its console watched;
//! - [`report`]: figures for the reader, and how long to go on.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up fails at once")]
#![expect(clippy::missing_panics_doc, reason = "failing is what a test helper does when something is wrong")]

pub mod audience;
pub mod browser;
pub mod demo;
pub mod foyer;
pub mod gate;
pub mod house;
pub mod next_build;
pub mod post;
pub mod program;
pub mod proxy;
pub mod report;
pub mod store;

#[doc(hidden)]
pub use pastey;
use tokio::time::{Duration, Instant, interval};

/// Waits until something holds, asking often; the test fails where it does not within ten seconds.
///
/// # Panics
/// Where it does not hold in time.
pub async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    until_within(Duration::from_secs(10), what, holds).await;
}

/// [`until`], for what takes its time, such as a browser on a busy machine.
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
