//! What is asked: surveys and their questions.

use super::{
    id::{QuestionId, SurveyVersionId},
    lang::Text,
};

/// A published list of questions.
#[derive(utoipa::ToSchema)]
pub struct SurveyVersion {
    /// which version this is
    pub version: SurveyVersionId,
    /// in the order in which they are asked
    pub questions: Vec<Question>,
}

/// One question of a survey version.
#[derive(utoipa::ToSchema)]
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
    #[serde(default)]
    pub show_if: Option<ShowIf>,
}

/// The measure that a question feeds over the years. Series are never merged.
#[derive(utoipa::ToSchema)]
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
#[derive(utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// four or five faces
    Face(FaceQuestion),
    /// 0 to 10: how likely to recommend
    Nps(NpsQuestion),
    /// how far somebody agrees, in five steps
    Scale(ScaleQuestion),
    /// one or many of a few options
    Choice(ChoiceQuestion),
    /// free text: a comment
    Text(TextQuestion),
}

/// Faces, from 1 (worst, left) to `faces` (best, right).
#[derive(utoipa::ToSchema)]
pub struct FaceQuestion {
    /// how many: 4 or 5
    pub faces: u8,
    /// how they are drawn
    pub face_set: FaceSet,
    /// the word under each face, from the left; as many as faces
    pub labels: Vec<Text>,
}

/// How likely to recommend, from 0 to 10.
#[derive(utoipa::ToSchema)]
pub struct NpsQuestion {
    /// the words at the low and the high end
    pub labels: Vec<Text>,
}

/// How far somebody agrees with a statement, from 1 (strongly disagree) to 5 (strongly agree).
#[derive(utoipa::ToSchema)]
pub struct ScaleQuestion {
    /// the words of the five steps, from the one that disagrees most
    pub labels: Vec<Text>,
}

/// One or many of a few options.
#[derive(utoipa::ToSchema)]
pub struct ChoiceQuestion {
    /// at most `ChoiceQuestion::MAX_OPTIONS`
    pub options: Vec<ChoiceOption>,
    /// whether several may be picked
    pub many: bool,
}

/// Free text: a comment.
#[derive(utoipa::ToSchema)]
pub struct TextQuestion {}

/// How the faces are drawn.
#[derive(utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FaceSet {
    /// from disappointed to delighted
    Adult,
    /// all on the happy side
    Child,
}

/// One option of a choice.
#[derive(utoipa::ToSchema)]
pub struct ChoiceOption {
    /// never reused for another meaning
    pub key: String,
    /// what the visitor reads
    pub text: Text,
}

/// A question is asked only after certain answers to an earlier one.
#[derive(utoipa::ToSchema)]
pub struct ShowIf {
    /// the earlier question, with a scale
    pub question: QuestionId,
    /// the answers after which this one is asked
    #[serde(rename = "in")]
    pub values: Vec<u8>,
}
