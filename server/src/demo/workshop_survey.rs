//! What the demo asks after a workshop: a face, how far somebody agrees with a statement, a comment.

use domain::{
    id::{QuestionId, SurveyVersionId},
    lang::Text,
    survey::{FaceQuestion, FaceSet, Kind, Question, ScaleQuestion, Series, SurveyVersion, TextQuestion},
    time::Millis,
};

use crate::clock::Rng;

/// Its name in the list of surveys.
pub(super) fn name() -> Text {
    Text::new("Pajan palaute", "Respons på verkstaden", "Workshop feedback")
}

/// A first version with fresh ids.
pub(super) fn version(rng: &Rng, at: Millis) -> SurveyVersion {
    let question =
        |text, kind| Question { id: QuestionId(rng.uuid(at)), series: Series::Show, text, kind, show_if: None };
    let face = FaceQuestion {
        faces: 5,
        face_set: FaceSet::Adult,
        labels: vec![
            Text::new("Harmillista", "Tråkigt", "A let-down"),
            Text::new("Vaisua", "Ljumt", "Flat"),
            Text::new("Ihan ok", "Helt okej", "All right"),
            Text::new("Kivaa", "Roligt", "Good"),
            Text::new("Huikeaa", "Fantastiskt", "Wonderful"),
        ],
    };
    let agreement = ScaleQuestion {
        labels: vec![
            Text::new("Täysin eri mieltä", "Helt av annan åsikt", "Strongly disagree"),
            Text::new("Jokseenkin eri mieltä", "Delvis av annan åsikt", "Disagree"),
            Text::new("Ei samaa eikä eri mieltä", "Varken eller", "Neither agree nor disagree"),
            Text::new("Jokseenkin samaa mieltä", "Delvis av samma åsikt", "Agree"),
            Text::new("Täysin samaa mieltä", "Helt av samma åsikt", "Strongly agree"),
        ],
    };
    let questions = vec![
        question(
            Text::new("Millaista pajassa oli?", "Hur var det i verkstaden?", "How was the workshop?"),
            Kind::Face(face),
        ),
        question(
            Text::new(
                "Uskalsin kokeilla jotain uutta.",
                "Jag vågade prova något nytt.",
                "I dared to try something new.",
            ),
            Kind::Scale(agreement),
        ),
        question(
            Text::new("Mitä haluat sanoa meille?", "Vad vill du säga till oss?", "What would you like to tell us?"),
            Kind::Text(TextQuestion {}),
        ),
    ];
    SurveyVersion { version: SurveyVersionId(rng.uuid(at)), questions }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn can_be_published() {
        let survey = version(&Rng::seeded(1), 1_700_000_000_000);
        assert_eq!(domain::survey::check(&survey.questions), Ok(()));
    }
}
