//! Demo mode: staff show the tablet to somebody, and what is tapped meanwhile is marked and never
//! counted.
//!
//! It ends when staff say so, and by itself after half an hour, so that nobody's evening is lost
//! because somebody forgot. It outlives a reload, so that a new build in the middle of a
//! demonstration does not turn it into answers. A visit is wholly one or the other: switching ends
//! the visit that is under way, and half an hour ends between visits. Demo answers carry numbers of
//! the same row as the others, so that the server sees no gap.

use leptos::prelude::*;

use crate::{browser::device, session::state::Kiosk};
use domain::time::{MINUTE, Millis};

/// Demo mode ends by itself after so long.
const LASTS: Millis = 30 * MINUTE;
/// The name under which its end is remembered: the device's clock, in milliseconds.
pub(crate) const DEMO: &str = "demo_until";

/// Goes on where the page before left off.
pub(crate) fn resume(kiosk: Kiosk, until: Option<Millis>) {
    let left = until.unwrap_or(0) - device::now();
    // A clock that was set back must not make it longer.
    if (1..=LASTS).contains(&left) {
        kiosk.demo.set(until);
    }
}

/// Begins or ends it, now.
pub(crate) async fn switch(kiosk: Kiosk, on: bool) {
    // What was given so far belongs to the mode in which it was given.
    kiosk.time_out();
    let until = on.then(|| device::now() + LASTS);
    kiosk.demo.set(until);
    let until = until.map(|until| until.to_string());
    // Where it cannot be kept, it ends with the page.
    let _ = kiosk.memory().set(&[(DEMO, until.as_deref())]).await;
}

/// Ends it between two visits, where its time is over.
pub(crate) fn expire(kiosk: Kiosk) {
    let over = |until: Millis| !(0..=LASTS).contains(&(until - device::now()));
    if kiosk.demo.get_untracked().is_some_and(over) {
        kiosk.demo.set(None);
    }
}
