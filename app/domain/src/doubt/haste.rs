//! Answered faster than anybody reads.

use super::observed::{Observed, Screen};
use crate::time::{Millis, SECOND};

/// Whether the time from the first tap to the last, or from the form to its sending, is too short for what was
/// answered. Where no time is known nothing is said.
#[must_use]
pub fn is_hasty(observed: &Observed) -> bool {
    observed.duration_ms.is_some_and(|duration| duration < least(observed))
}

/// Whether it took so little time that few people are as quick: no sign by itself, but one where a whole run is.
#[must_use]
pub(super) fn is_quick(observed: &Observed) -> bool {
    let times = match observed.screen {
        Screen::Shared => 2,
        Screen::Own => 3,
    };
    observed.duration_ms.is_some_and(|duration| duration < times * least(observed))
}

/// The shortest time in which somebody reads the questions and answers them. At a tablet the first question is read
/// before the clock starts; a phone's form has to arrive and to be scrolled first.
fn least(observed: &Observed) -> Millis {
    let (answered, skipped) = (Millis::from(observed.answered), Millis::from(observed.skipped));
    match observed.screen {
        Screen::Shared => SECOND * (answered - 1).max(0) + SECOND / 2 * skipped,
        Screen::Own => 2 * SECOND + SECOND / 2 * answered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doubt::{fixtures::observed, source::SourceClass};

    #[test]
    fn two_answers_and_a_comment_passed_over_take_a_second_and_a_half() {
        let after = |duration_ms| is_hasty(&Observed { duration_ms, skipped: 1, ..observed(1, 0, &[5, 10]) });
        assert_eq!([Some(0), Some(1_499), Some(1_500), None].map(after), [true, true, false, false]);
        let single = Observed { duration_ms: Some(0), ..observed(1, 0, &[5]) };
        assert!(!is_hasty(&single), "one tap takes no time");
    }

    #[test]
    fn a_form_is_not_filled_in_before_it_has_arrived() {
        let phone = Observed { screen: Screen::Own, source: SourceClass::Few, ..observed(1, 0, &[5, 10]) };
        let after = |duration_ms| is_hasty(&Observed { duration_ms, ..phone.clone() });
        assert_eq!([Some(20), Some(2_999), Some(3_000), None].map(after), [true, true, false, false]);
    }
}
