//! A question, and how it is read: as it is kept and sent, its possible fields stand side by side. There is one rule of
//! what makes a question of them for the server, which reads with serde, and the tablet, which reads by hand.

use serde::{Deserialize, Serialize};

use super::kinds::{
    ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, ScaleQuestion, TextQuestion,
};
use crate::{id::QuestionId, lang::Text};

/// One question of a survey version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "QuestionFields")]
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
#[serde(rename_all = "lowercase")]
pub enum Series {
    /// about the show just seen
    Show,
    /// about the organisation as a whole
    Organisation,
    /// asked of children, with faces of their own
    Child,
}

/// A question is asked only after certain answers to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowIf {
    /// the earlier question, with a scale
    pub question: QuestionId,
    /// the answers after which this one is asked
    #[serde(rename = "in")]
    pub values: Vec<u8>,
}

/// The fields of a question of any kind.
#[derive(Debug, Deserialize)]
pub struct QuestionFields {
    /// [`Question::id`]
    pub id: QuestionId,
    /// [`Question::series`]
    pub series: Series,
    /// [`Question::text`]
    pub text: Text,
    /// the word of the kind: face, nps, scale, choice or text
    pub kind: String,
    /// how many faces
    #[serde(default)]
    pub faces: Option<u8>,
    /// how they are drawn
    #[serde(default)]
    pub face_set: FaceSet,
    /// the words at a scale
    #[serde(default)]
    pub labels: Option<Vec<Text>>,
    /// the options of a choice
    #[serde(default)]
    pub options: Option<Vec<ChoiceOption>>,
    /// whether several options may be picked
    #[serde(default)]
    pub many: bool,
    /// [`Question::show_if`]
    #[serde(default)]
    pub show_if: Option<ShowIf>,
}

impl TryFrom<QuestionFields> for Question {
    type Error = &'static str;

    fn try_from(fields: QuestionFields) -> Result<Self, Self::Error> {
        let labels = fields.labels.ok_or("a scale needs labels");
        let kind = match fields.kind.as_str() {
            "face" => Kind::Face(FaceQuestion {
                faces: fields.faces.ok_or("a face question needs faces")?,
                face_set: fields.face_set,
                labels: labels?,
            }),
            "nps" => Kind::Nps(NpsQuestion { labels: labels? }),
            "scale" => Kind::Scale(ScaleQuestion { labels: labels? }),
            "choice" => Kind::Choice(ChoiceQuestion {
                options: fields.options.ok_or("a choice needs options")?,
                many: fields.many,
            }),
            "text" => Kind::Text(TextQuestion {}),
            _ => return Err("the kind must be face, nps, scale, choice or text"),
        };
        Ok(Self { id: fields.id, series: fields.series, text: fields.text, kind, show_if: fields.show_if })
    }
}
