//! Demo mode: staff show the tablet to somebody, and what is tapped meanwhile is marked and never
//! counted.
//!
//! It ends when staff say so, and by itself after half an hour, so that nobody's evening is lost
//! because somebody forgot. It outlives a reload, so that a new build in the middle of a
//! demonstration does not turn it into answers. A visit is wholly one or the other: switching ends
//! the visit that is under way, and half an hour ends between visits. Demo answers carry numbers of
//! the same row as the others, so that the server sees no gap.

use domain::{
    server_clock::Clocks,
    time::{MINUTE, Millis},
};

use super::{Effect, Session};

/// Demo mode ends by itself after so long.
pub(super) const LASTS: Millis = 30 * MINUTE;

impl Session {
    /// Goes on where the page before left off.
    pub(super) fn resume_demo(&mut self, until: Option<Millis>, now: Clocks) {
        // A clock that was set back must not make it longer.
        if until.is_some_and(|until| (1..=LASTS).contains(&(until - now.wall))) {
            self.set_demo(until);
        }
    }

    /// Begins or ends it, now.
    pub(super) fn switch_demo(&mut self, on: bool, now: Clocks) {
        // What was given so far belongs to the mode in which it was given.
        self.time_out(now);
        let until = on.then(|| now.wall + LASTS);
        self.set_demo(until);
        self.effects.push(Effect::RememberDemo(until));
    }

    /// Ends it between two visits, where its time is over.
    pub(super) fn expire_demo(&mut self, now: Clocks) {
        if self.demo_until.is_some_and(|until| !(0..=LASTS).contains(&(until - now.wall))) {
            self.set_demo(None);
        }
    }

    fn set_demo(&mut self, until: Option<Millis>) {
        self.demo_until = until;
        self.screen.demo = until.is_some();
    }
}
