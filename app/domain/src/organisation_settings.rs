//! What an organisation decides for all of its venues, beside its languages, its look and how late numbers are.

use super::id::SurveyId;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganisationSettings {
    /// after how many months what visitors wrote is blanked; `None`: never by itself
    pub comment_months: Option<u16>,
    /// whether viewers read what visitors wrote
    pub viewers_read_comments: bool,
    /// which survey a new event asks where its production asks none yet; `None`: that of its venue
    pub survey: Option<SurveyId>,
}

impl OrganisationSettings {
    /// The longest that comments are kept for a set time: ten years.
    pub const MOST_MONTHS: u16 = 120;

    /// The months that somebody has typed; empty: for ever.
    ///
    /// # Errors
    /// Where it is no number between 1 and [`Self::MOST_MONTHS`].
    pub fn months(typed: &str) -> Result<Option<u16>, NotMonths> {
        match typed.trim() {
            "" => Ok(None),
            typed => {
                let months = typed.parse().ok().filter(|months| (1..=Self::MOST_MONTHS).contains(months));
                months.map(Some).ok_or(NotMonths)
            }
        }
    }
}

impl Default for OrganisationSettings {
    fn default() -> Self {
        Self { comment_months: None, viewers_read_comments: true, survey: None }
    }
}

/// What was typed is no number of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no number of months from 1 to {}", OrganisationSettings::MOST_MONTHS)]
pub struct NotMonths;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_whole_and_few() {
        assert_eq!(OrganisationSettings::months(" 24 "), Ok(Some(24)));
        assert_eq!(OrganisationSettings::months(""), Ok(None));
        for typed in ["0", "121", "-1", "1.5", "99999999", "two"] {
            assert_eq!(OrganisationSettings::months(typed), Err(NotMonths), "{typed}");
        }
    }
}
