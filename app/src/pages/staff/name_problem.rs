//! What is wrong with a name, in words.

use crate::i18n::{Lang, td_string};
use domain::name::NameProblem;

/// In the reader's language.
pub(super) fn name_problem(locale: Lang, problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::Missing => td_string!(locale, staff.problem_missing),
        NameProblem::TooLong => td_string!(locale, staff.problem_long),
        NameProblem::Unprintable => td_string!(locale, staff.problem_unprintable),
    }
}
