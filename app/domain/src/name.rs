//! What staff may write on one line: the name of an organisation, a venue, a kiosk or a token, and the reason of a
//! decision. It is shown on pages, and in terminals, where a control character could write over other lines.

use crate::survey::kinds::text::is_visible;

/// Names on posters are no longer than this, in characters.
pub const LONGEST_NAME: usize = 120;

/// The longest reason of a decision, in characters.
pub const LONGEST_REASON: usize = 500;

/// What is wrong with a name or a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// nothing in it that can be seen
    #[error("there is nothing in it that can be seen")]
    Missing,
    /// too much in it
    #[error("it is too long")]
    TooLong,
    /// line breaks or other control characters
    #[error("it holds line breaks or other control characters")]
    Unprintable,
}

/// Whether this may be a name.
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), NameProblem> {
    check_line(name, LONGEST_NAME)
}

/// Whether this may be the reason of a decision.
///
/// # Errors
/// What is wrong with it.
pub fn check_reason(why: &str) -> Result<(), NameProblem> {
    check_line(why, LONGEST_REASON)
}

fn check_line(line: &str, longest: usize) -> Result<(), NameProblem> {
    if line.chars().any(char::is_control) {
        Err(NameProblem::Unprintable)
    } else if !is_visible(line) {
        Err(NameProblem::Missing)
    } else if line.chars().count() > longest {
        Err(NameProblem::TooLong)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_fits_on_a_poster() {
        assert_eq!(check_name("Näyttämö 2"), Ok(()));
        assert_eq!(check_name(&"ä".repeat(LONGEST_NAME)), Ok(()));
        assert_eq!(check_name(&"ä".repeat(LONGEST_NAME + 1)), Err(NameProblem::TooLong));
        assert_eq!(check_name(""), Err(NameProblem::Missing));
        assert_eq!(check_name("Teltta\nSali"), Err(NameProblem::Unprintable));
    }

    #[test]
    fn what_nobody_can_see_is_no_name_and_no_reason() {
        for invisible in [" ", "\u{200b}", "\u{2060} \u{feff}", "\u{202e}\u{202c}"] {
            assert_eq!(check_name(invisible), Err(NameProblem::Missing), "{}", invisible.escape_unicode());
            assert_eq!(check_reason(invisible), Err(NameProblem::Missing), "{}", invisible.escape_unicode());
        }
    }

    #[test]
    fn a_reason_writes_over_no_other_line_of_a_terminal() {
        for harmful in ["a\u{0}b", "\u{1b}[2Jgone", "one\r\ntwo", "\u{9b}31m", "\u{7f}"] {
            assert_eq!(check_reason(harmful), Err(NameProblem::Unprintable), "{}", harmful.escape_unicode());
        }
        assert_eq!(check_reason(&"w".repeat(LONGEST_REASON)), Ok(()));
        assert_eq!(check_reason(&"w".repeat(LONGEST_REASON + 1)), Err(NameProblem::TooLong));
    }
}
