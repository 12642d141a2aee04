//! Reading a question with all its possible fields side by side: one rule for the server, which
//! reads with serde, and the tablet, which reads by hand.

use serde::Deserialize;

use super::{
    ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, QuestionId, Series, ShowIf, Text,
    TextQuestion,
};
use crate::json::{FromJson, Json, field, optional};

#[derive(Deserialize)]
pub(super) struct Flat {
    id: QuestionId,
    series: Series,
    text: Text,
    kind: String,
    #[serde(default)]
    faces: Option<u8>,
    #[serde(default)]
    face_set: FaceSet,
    #[serde(default)]
    labels: Option<Vec<Text>>,
    #[serde(default)]
    options: Option<Vec<ChoiceOption>>,
    #[serde(default)]
    many: bool,
    #[serde(default)]
    show_if: Option<ShowIf>,
}

impl FromJson for Question {
    fn from_json(json: &impl Json) -> Option<Self> {
        let flat = Flat {
            id: field(json, "id")?,
            series: field(json, "series")?,
            text: field(json, "text")?,
            kind: field(json, "kind")?,
            faces: optional(json, "faces")?,
            face_set: optional(json, "face_set")?.unwrap_or_default(),
            labels: optional(json, "labels")?,
            options: optional(json, "options")?,
            many: optional(json, "many")?.unwrap_or_default(),
            show_if: optional(json, "show_if")?,
        };
        flat.try_into().ok()
    }
}

impl TryFrom<Flat> for Question {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let labels = flat.labels.ok_or("a scale needs labels");
        let kind = match flat.kind.as_str() {
            "face" => Kind::Face(FaceQuestion {
                faces: flat.faces.ok_or("a face question needs faces")?,
                face_set: flat.face_set,
                labels: labels?,
            }),
            "nps" => Kind::Nps(NpsQuestion { labels: labels? }),
            "choice" => {
                Kind::Choice(ChoiceQuestion { options: flat.options.ok_or("a choice needs options")?, many: flat.many })
            }
            "text" => Kind::Text(TextQuestion {}),
            _ => return Err("the kind must be face, nps, choice or text"),
        };
        Ok(Self { id: flat.id, series: flat.series, text: flat.text, kind, show_if: flat.show_if })
    }
}
