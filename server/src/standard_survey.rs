//! The survey that a new organisation starts with: a face, a recommendation, one follow-up that
//! differs for the unhappy and the happy, and a comment. Four taps at the most.

mod wording;

use domain::{
    id::{QuestionId, SurveyVersionId},
    lang::Text,
    production::ProductionKind,
    survey::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, Series, ShowIf,
        SurveyVersion, TextQuestion,
    },
    time::Millis,
};

pub use self::wording::worded;

use crate::clock::Rng;

/// Its name in the list of surveys.
#[must_use]
pub fn name() -> Text {
    Text::new("Illan palaute", "Kvällens respons", "Tonight's feedback")
}

/// A first version with fresh ids.
#[must_use]
pub fn version(rng: &Rng, at: Millis) -> SurveyVersion {
    let id = || QuestionId(rng.uuid(at));
    let impression = Question {
        id: id(),
        series: Series::Show,
        text: Text::new("Millainen ilta sinulla oli?", "Hur var din kväll?", "How was your evening?"),
        kind: Kind::Face(FaceQuestion {
            faces: 5,
            face_set: FaceSet::Adult,
            labels: vec![
                Text::new("Harmillinen", "Tråkig", "A let-down"),
                Text::new("Vaisu", "Ljum", "Flat"),
                Text::new("Ihan ok", "Helt okej", "All right"),
                Text::new("Hyvä", "Bra", "Good"),
                Text::new("Huikea", "Fantastisk", "Wonderful"),
            ],
        }),
        show_if: None,
    };
    let recommend = Question {
        id: id(),
        series: Series::Show,
        text: wording::recommend(ProductionKind::Other),
        kind: Kind::Nps(NpsQuestion {
            labels: vec![
                Text::new("En lainkaan todennäköisesti", "Inte alls sannolikt", "Not at all likely"),
                Text::new("Erittäin todennäköisesti", "Mycket sannolikt", "Extremely likely"),
            ],
        }),
        show_if: None,
    };
    let better = Question {
        id: id(),
        series: Series::Show,
        text: Text::new(
            "Mikä olisi voinut olla paremmin?",
            "Vad kunde ha varit bättre?",
            "What could have been better?",
        ),
        kind: Kind::Choice(ChoiceQuestion {
            options: vec![
                option("queues", "Jonot", "Köerna", "The queues"),
                option("view", "Näkyvyys", "Sikten", "The view"),
                option("sound", "Ääni", "Ljudet", "The sound"),
                option("seats", "Istuimet", "Sittplatserna", "The seats"),
                option("length", "Kesto", "Längden", "The length"),
                ChoiceOption { key: "show".to_owned(), text: wording::itself(ProductionKind::Other) },
            ],
            many: true,
        }),
        show_if: Some(ShowIf { question: impression.id, values: vec![1, 2, 3] }),
    };
    let best = Question {
        id: id(),
        series: Series::Show,
        text: Text::new("Mikä ilahdutti eniten?", "Vad gladde dig mest?", "What did you enjoy most?"),
        kind: Kind::Choice(ChoiceQuestion {
            options: vec![
                option("performers", "Esiintyjät", "Artisterna", "The performers"),
                option("music", "Musiikki", "Musiken", "The music"),
                option("atmosphere", "Tunnelma", "Stämningen", "The atmosphere"),
                option("surprise", "Yllätykset", "Överraskningarna", "The surprises"),
                option("staff", "Henkilökunta", "Personalen", "The staff"),
                option("company", "Seura", "Sällskapet", "The company"),
            ],
            many: false,
        }),
        show_if: Some(ShowIf { question: impression.id, values: vec![4, 5] }),
    };
    let comment = Question {
        id: id(),
        series: Series::Show,
        text: Text::new("Mitä haluat sanoa meille?", "Vad vill du säga till oss?", "What would you like to tell us?"),
        kind: Kind::Text(TextQuestion {}),
        show_if: None,
    };
    let questions = vec![impression, recommend, better, best, comment];
    SurveyVersion { version: SurveyVersionId(rng.uuid(at)), questions }
}

fn option(key: &str, fi: &str, sv: &str, en: &str) -> ChoiceOption {
    ChoiceOption { key: key.to_owned(), text: Text::new(fi, sv, en) }
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
