//! Reading a question with all its possible fields side by side. `flatten` and `tag` would do the
//! same through a buffer for any value, whose code weighs more on the tablet than the whole outbox.

use serde::Deserialize;

use super::{ChoiceOption, FaceSet, Kind, Question, QuestionId, Series, ShowIf, Text};

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

impl TryFrom<Flat> for Question {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let labels = flat.labels.ok_or("a scale needs labels");
        let kind = match flat.kind.as_str() {
            "face" => Kind::Face {
                faces: flat.faces.ok_or("a face question needs faces")?,
                face_set: flat.face_set,
                labels: labels?,
            },
            "nps" => Kind::Nps { labels: labels? },
            "choice" => Kind::Choice { options: flat.options.ok_or("a choice needs options")?, many: flat.many },
            "text" => Kind::Text {},
            _ => return Err("the kind must be face, nps, choice or text"),
        };
        Ok(Self { id: flat.id, series: flat.series, text: flat.text, kind, show_if: flat.show_if })
    }
}
