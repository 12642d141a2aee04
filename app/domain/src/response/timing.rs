//! When a response was really given. Decided here and nowhere else, on the server, for every tablet.
//!
//! A tablet's clock may be wrong by hours or stand in 1970; it may be set while answers wait, by hand or by
//! the network; the tablet may sleep, and its monotonic clock sleeps along on some systems. So three
//! witnesses are heard:
//!
//! | witness | says | is wrong where |
//! | --- | --- | --- |
//! | the age | receipt − `age_ms`, by the monotonic clock of the page that took the tap | the tablet has slept since: then it is too late, and never too early |
//! | the tap | `answered_at` + `offset_ms`, as that page had measured it before | the clock was set between measuring and tap |
//! | the batch | `answered_at` + what the clock was off when it was sent | the clock was set after the tap |
//!
//! One mishap spoils one of them, so two that agree are right. Where the clock's two witnesses agree against
//! the age, or the page was hidden, the tablet has slept; else the clock was set, and the age is right. A witness
//! of the clock must stay within what is known without it: not before the tablet had heard the server last
//! (`not_before`), not after the age.
//!
//! Where nobody is left, a tablet that had heard the server before the tap is still believed that there was one: the
//! time of receipt is all there is. Only what nobody vouches for is refused for its time.

use crate::time::{DAY, MINUTE, Millis};

/// No response is older than this program: 2024-01-01. An unset clock says 1970 or 2000.
const EARLIEST: Millis = 1_704_067_200_000;
/// A device may be ahead by what a slow answer of the server costs.
const AHEAD: Millis = 5 * MINUTE;
/// Clocks that differ by less agree: a slow network costs seconds, and no answer window ends so sharply.
pub const CLOSE: Millis = MINUTE;

/// When a response was given, as the device saw it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// the device's clock at the end of the response
    pub answered_at: Millis,
    /// server clock minus device clock, as known at the tap
    pub offset_ms: Option<Millis>,
    /// how long ago by the device's monotonic clock, where the page that took the tap is still alive
    pub age_ms: Option<Millis>,
    /// from the first tap to the end
    pub duration_ms: Option<Millis>,
}

/// What a tablet says about when it took a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Witnesses {
    /// the device's clock at the end of the response
    pub answered_at: Millis,
    /// server clock minus device clock, as measured before the tap by the page that took it
    pub offset_ms: Option<Millis>,
    /// a time of the server that had passed at the tap, as far as the device had heard
    pub not_before: Option<Millis>,
    /// how long ago, by the monotonic clock of the page that took it
    pub age_ms: Option<Millis>,
    /// that page was hidden in between, so that its monotonic clock may have stood still
    pub may_have_slept: bool,
}

impl Witnesses {
    /// When the response was given, by the server's clock; `None` where no witness can be believed. `offset_ms` is what
    /// the device's clock was off when it sent the batch, or exported the file.
    #[must_use]
    pub fn given_at(&self, received_at: Millis, offset_ms: Millis) -> Option<Millis> {
        let earliest = EARLIEST.min(received_at - DAY);
        let age = self.age_ms.filter(|age| *age >= 0).map(|age| received_at.saturating_sub(age));
        let age = age.filter(|at| *at >= earliest);
        // A server whose own clock was ahead is no witness.
        let heard = self.not_before.filter(|at| *at <= received_at);
        let from = heard.map_or(earliest, |at| earliest.max(at.saturating_sub(CLOSE)));
        let until = age.map_or(received_at + AHEAD, |at| at + CLOSE);
        let by_clock = |offset| Some(self.answered_at.saturating_add(offset)).filter(|at| (from..=until).contains(at));
        let tap = self.offset_ms.and_then(by_clock);
        let batch = by_clock(offset_ms);

        let has_slept = !agree(age, tap) && !agree(age, batch) && (self.may_have_slept || agree(tap, batch));
        let clock = tap.or(batch);
        if has_slept { clock.or(age) } else { age.or(clock) }
    }

    /// Whether the tablet had heard the server before it took this, so that it was given between then and now,
    /// whatever its clock says.
    #[must_use]
    pub fn is_vouched_for(&self, received_at: Millis) -> bool {
        self.not_before.is_some_and(|heard| (EARLIEST..=received_at).contains(&heard))
    }
}

fn agree(one: Option<Millis>, other: Option<Millis>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.abs_diff(other) <= CLOSE.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, SECOND};

    const NOW: Millis = 1_795_000_000_000;

    /// A response of which nothing is known but the device's clock.
    fn item(answered_at: Millis) -> Witnesses {
        Witnesses { answered_at, ..Witnesses::default() }
    }

    #[test]
    fn one_witness_is_believed_within_what_can_be_true() {
        for (answered_at, offset, given_at) in [
            (NOW - HOUR, 0, Some(NOW - HOUR)),
            (NOW + AHEAD, 0, Some(NOW + AHEAD)),
            (EARLIEST, 0, Some(EARLIEST)),
            (5_000, NOW - 65_000, Some(NOW - MINUTE)),
            (5_000, 0, None),
            (NOW + AHEAD + 1, 0, None),
            (Millis::MAX, Millis::MAX, None),
            (Millis::MIN, Millis::MIN, None),
        ] {
            assert_eq!(item(answered_at).given_at(NOW, offset), given_at, "{answered_at}");
        }
        assert_eq!(Witnesses { age_ms: Some(Millis::MAX), ..item(NOW) }.given_at(NOW, 0), Some(NOW));
        assert_eq!(Witnesses { age_ms: Some(-1), ..item(NOW - HOUR) }.given_at(NOW, 0), Some(NOW - HOUR));
    }

    #[test]
    fn what_was_measured_at_the_tap_goes_before_what_is_measured_now() {
        let an_hour_slow = Witnesses { offset_ms: Some(HOUR), ..item(NOW - 3 * HOUR) };
        assert_eq!(an_hour_slow.given_at(NOW, 0), Some(NOW - 2 * HOUR));
        for stale in [NOW, -400 * DAY, 20 * HOUR] {
            let item = Witnesses { offset_ms: Some(stale), not_before: Some(NOW - 2 * HOUR), ..item(NOW - HOUR) };
            assert_eq!(item.given_at(NOW, 0), Some(NOW - HOUR), "{stale}");
        }
    }

    #[test]
    fn a_clock_that_the_network_sets_moves_nothing_while_the_page_lives() {
        // Twenty hours behind, as far as it knew right, and set between tap and sending.
        let item = Witnesses { age_ms: Some(HOUR), ..item(NOW - 21 * HOUR) };
        assert_eq!(item.given_at(NOW, 0), Some(NOW - HOUR));
        let measured_before = Witnesses { offset_ms: Some(0), not_before: Some(NOW - HOUR), ..item };
        assert_eq!(measured_before.given_at(NOW, 0), Some(NOW - HOUR));
        let hidden = Witnesses { may_have_slept: true, ..measured_before };
        assert_eq!(hidden.given_at(NOW, 0), Some(NOW - HOUR));
    }

    #[test]
    fn a_tablet_that_slept_is_put_right_by_its_clock() {
        let slept = Witnesses { age_ms: Some(SECOND), ..item(NOW - 9 * HOUR) };
        let hidden = Witnesses { may_have_slept: true, ..slept };
        assert_eq!(hidden.given_at(NOW, 0), Some(NOW - 9 * HOUR));
        let measured = Witnesses { offset_ms: Some(0), ..slept };
        assert_eq!(measured.given_at(NOW, 0), Some(NOW - 9 * HOUR), "two against one, whatever the browser noticed");
        // Staff set a clock of 1970 right, for which they had to leave the page.
        let set = Witnesses { may_have_slept: true, age_ms: Some(HOUR), ..item(5_000) };
        assert_eq!(set.given_at(NOW, 0), Some(NOW - HOUR));
    }

    #[test]
    fn a_server_that_was_ahead_is_no_witness() {
        let item = Witnesses { not_before: Some(NOW + DAY), ..item(NOW - HOUR) };
        assert_eq!(item.given_at(NOW, 0), Some(NOW - HOUR));
        assert!(!item.is_vouched_for(NOW));
    }

    #[test]
    fn who_has_heard_the_server_vouches_for_its_answers() {
        for (heard, vouched) in [(None, false), (Some(0), false), (Some(NOW - DAY), true), (Some(NOW), true)] {
            assert_eq!(Witnesses { not_before: heard, ..item(5_000) }.is_vouched_for(NOW), vouched, "{heard:?}");
        }
    }
}
