//! What may be wrong with the pairing form, and where that is said.

use crate::{
    i18n::{Lang, td_string},
    pages::staff::name_problem::name_problem,
};
use domain::name::NameProblem;

/// What is wrong with what was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairProblem {
    /// more or fewer words than three
    NotThree,
    /// a word that no tablet shows
    Unknown(String),
    /// no tablet waits with these words
    Nobody,
    /// too many wrong words
    TooOften {
        /// how long to wait
        minutes: i64,
    },
    /// no such venue or kiosk
    NoPlace,
    /// the name of a new kiosk
    Name(NameProblem),
}

impl PairProblem {
    /// What is said of the form as a whole.
    pub(super) fn message(&self, locale: Lang) -> String {
        match self {
            Self::Unknown(word) => td_string!(locale, pairing.problem_unknown, word = word.as_str()),
            Self::TooOften { minutes } => td_string!(locale, pairing.problem_often, minutes = *minutes),
            _ => td_string!(locale, pairing.problem).to_owned(),
        }
    }

    /// What is said at the words.
    pub(super) fn of_words(&self, locale: Lang) -> Option<String> {
        let says = match self {
            Self::NotThree => td_string!(locale, pairing.problem_three),
            Self::Unknown(_) => td_string!(locale, pairing.problem_spelling),
            Self::Nobody => td_string!(locale, pairing.problem_nobody),
            _ => return None,
        };
        Some(says.to_owned())
    }

    /// What is said at the place.
    pub(super) fn of_place(&self, locale: Lang) -> Option<String> {
        (*self == Self::NoPlace).then(|| td_string!(locale, pairing.problem_place).to_owned())
    }

    /// What is said at the name.
    pub(super) fn of_name(&self, locale: Lang) -> Option<String> {
        let Self::Name(problem) = self else { return None };
        Some(name_problem(locale, *problem).to_owned())
    }
}
