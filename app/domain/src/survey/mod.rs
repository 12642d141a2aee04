//! What is asked. A published version never changes, and answers belong to a version.
//!
//! - `way`: which questions are asked, in view of what was answered;
//! - `flat`: how a question is read.

mod flat;
mod way;

use serde::{Deserialize, Serialize};

use super::{
    id::{QuestionId, SurveyVersionId},
    lang::Text,
    nps::Nps,
};

/// A published list of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyVersion {
    /// which version this is
    pub version: SurveyVersionId,
    /// in the order in which they are asked
    pub questions: Vec<Question>,
}

impl SurveyVersion {
    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }
}

/// One question of a survey version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "flat::Flat")]
pub struct Question {
    /// survives from version to version while scale and meaning stay
    pub id: QuestionId,
    /// what trends follow
    pub series: Series,
    /// the question itself
    pub text: Text,
    /// the scale or the options
    #[serde(flatten)]
    pub kind: Kind,
    /// asked of everybody where absent
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<ShowIf>,
}

/// The measure that a question feeds over the years. Series are never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Series {
    /// about the show just seen
    Show,
    /// about the organisation as a whole
    Organisation,
    /// asked of children, with faces of their own
    Child,
}

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// Faces, from 1 (worst, left) to `faces` (best, right).
    Face {
        /// how many: 4 or 5
        faces: u8,
        /// how they are drawn
        face_set: FaceSet,
        /// the word under each face, from the left; as many as faces
        labels: Vec<Text>,
    },
    /// 0 to 10: how likely to recommend.
    Nps {
        /// the words at the low and the high end
        labels: Vec<Text>,
    },
    /// One or many of a few options.
    Choice {
        /// at most [`Kind::MAX_OPTIONS`]
        options: Vec<ChoiceOption>,
        /// whether several may be picked
        many: bool,
    },
    /// Free text: a comment.
    Text {},
}

impl Kind {
    /// More reasons than this nobody reads standing in a foyer.
    pub const MAX_OPTIONS: usize = 6;

    /// The values that a scale allows; `None` where the question has no scale.
    #[must_use]
    pub fn scale(&self) -> Option<std::ops::RangeInclusive<u8>> {
        match self {
            Self::Face { faces, .. } => Some(1..=*faces),
            Self::Nps { .. } => Some(0..=Nps::MAX),
            Self::Choice { .. } | Self::Text {} => None,
        }
    }
}

/// How the faces are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FaceSet {
    /// from disappointed to delighted
    #[default]
    Adult,
    /// all on the happy side
    Child,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoiceOption {
    /// never reused for another meaning
    pub key: String,
    /// what the visitor reads
    pub text: Text,
}

/// A question is asked only after certain answers to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShowIf {
    /// the earlier question, with a scale
    pub question: QuestionId,
    /// the answers after which this one is asked
    #[serde(rename = "in")]
    pub values: Vec<u8>,
}

/// Why a list of questions cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSurvey {
    /// There is nothing to answer.
    #[error("a survey needs at least one question")]
    Empty,
    /// Two questions share an id.
    #[error("question {0} stands there twice")]
    DuplicateQuestion(QuestionId),
    /// Four or five faces, each with a word.
    #[error("question {0}: a face question has four or five faces, each with a word")]
    Faces(QuestionId),
    /// The two ends of the scale need words.
    #[error("question {0}: a recommendation question has a word for each end")]
    Ends(QuestionId),
    /// One to six options with different, plain keys.
    #[error("question {0}: a choice has one to six options with different keys (a letter, then a-z, 0-9, _)")]
    Options(QuestionId),
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
        match &question.kind {
            Kind::Face { faces, labels, .. } if !(4..=5).contains(faces) || labels.len() != usize::from(*faces) => {
                return Err(InvalidSurvey::Faces(question.id));
            }
            Kind::Nps { labels } if labels.len() != 2 => return Err(InvalidSurvey::Ends(question.id)),
            Kind::Choice { options, .. } if !plain_and_different(options) => {
                return Err(InvalidSurvey::Options(question.id));
            }
            _ => {}
        }
        if let Some(condition) = &question.show_if {
            let scale =
                earlier.iter().find(|other| other.id == condition.question).and_then(|other| other.kind.scale());
            let reachable = scale.is_some_and(|scale| {
                !condition.values.is_empty() && condition.values.iter().all(|v| scale.contains(v))
            });
            if !reachable {
                return Err(InvalidSurvey::Condition(question.id));
            }
        }
    }
    Ok(())
}

fn plain_and_different(options: &[ChoiceOption]) -> bool {
    let plain = |key: &str| {
        (1..=32).contains(&key.len())
            && key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    (1..=Kind::MAX_OPTIONS).contains(&options.len())
        && options
            .iter()
            .enumerate()
            .all(|(place, option)| plain(&option.key) && options[..place].iter().all(|other| other.key != option.key))
}
