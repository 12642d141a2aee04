//! What publication promises to kiosks and tallies.

use super::{Question, kinds::InvalidDefinition};
use crate::id::QuestionId;

/// Why a list of questions cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSurvey {
    /// There is nothing to answer.
    #[error("a survey needs at least one question")]
    Empty,
    /// Two questions share an id.
    #[error("question {0} stands there twice")]
    DuplicateQuestion(QuestionId),
    /// A question breaks a rule of its kind.
    #[error("question {0}: {1}")]
    Definition(QuestionId, InvalidDefinition),
    /// A condition that can never be met.
    #[error("question {0}: its condition must name an earlier question and values on its scale")]
    Condition(QuestionId),
}

/// Checks what publication promises to kiosks and tallies.
///
/// # Errors
/// The first rule that does not hold.
pub fn check(questions: &[Question]) -> Result<(), InvalidSurvey> {
    if questions.is_empty() {
        return Err(InvalidSurvey::Empty);
    }
    for (place, question) in questions.iter().enumerate() {
        let earlier = &questions[..place];
        if earlier.iter().any(|other| other.id == question.id) {
            return Err(InvalidSurvey::DuplicateQuestion(question.id));
        }
        question.kind.check().map_err(|wrong| InvalidSurvey::Definition(question.id, wrong))?;
        if let Some(condition) = &question.show_if {
            let numbers =
                earlier.iter().find(|other| other.id == condition.question).and_then(|other| other.kind.numbers());
            let reachable = numbers.is_some_and(|numbers| {
                !condition.values.is_empty() && condition.values.iter().all(|v| numbers.contains(v))
            });
            if !reachable {
                return Err(InvalidSurvey::Condition(question.id));
            }
        }
    }
    Ok(())
}
