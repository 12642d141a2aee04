//! What a name may be: of an organisation, a venue, a kiosk.

/// Names on posters are no longer than this, in characters.
pub const LONGEST_NAME: usize = 120;

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// nothing in it
    Missing,
    /// too much in it
    TooLong,
    /// line breaks or other characters that cannot be seen
    Unprintable,
}

/// Whether this may be a name.
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), NameProblem> {
    if name.is_empty() {
        Err(NameProblem::Missing)
    } else if name.chars().any(char::is_control) {
        Err(NameProblem::Unprintable)
    } else if name.chars().count() > LONGEST_NAME {
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
}
