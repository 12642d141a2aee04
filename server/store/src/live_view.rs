//! How much of what came in somebody of the staff sees while more comes in.

use domain::{
    live_delay::LiveDelay,
    time::{DAY, HOUR, LocalDay, Millis},
};

/// What a delay lets through by now. Whatever is told of a live subject, `n` as well, is as it was without the
/// responses that are held back.
#[derive(Clone, Copy, Debug)]
pub struct LiveView {
    /// how late numbers are
    pub delay: LiveDelay,
    /// milliseconds UTC
    pub now: Millis,
    /// whether what visitors wrote is read
    pub comments: bool,
}

impl LiveView {
    /// Everything, at once.
    pub const EVERYTHING: Self = Self { delay: LiveDelay::Off, now: 0, comments: true };

    pub(crate) fn is_everything(self) -> bool {
        self.delay == LiveDelay::Off
    }

    /// Whether a local day is over wherever on earth it was: the last places are twelve hours behind UTC.
    pub(crate) const fn is_over(self, day: LocalDay) -> bool {
        self.now >= day.midnight_utc() + DAY + 12 * HOUR
    }
}
