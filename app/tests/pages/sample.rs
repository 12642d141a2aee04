//! An evening at the circus.

use app::domain::{
    event::{Event, Link, Venue, Window},
    id::QuestionId,
    lang::{Lang, Text},
    survey::{ChoiceOption, FaceSet, Kind, Question, Series, ShowIf, SurveyVersion},
    time::{HOUR, MINUTE, Millis},
};
use uuid::Uuid;

/// Saturday 21 November 2026, 18:00 in Helsinki.
pub(crate) const START: Millis = 1_795_276_800_000;

pub(crate) fn question_id(number: u128) -> QuestionId {
    Uuid::from_u128(number).into()
}

pub(crate) fn venue() -> Venue {
    Venue {
        id: Uuid::from_u128(100).into(),
        code: "TELTTA".into(),
        name: "Sirkusteltta".into(),
        time_zone: "Europe/Helsinki".into(),
        languages: Lang::ALL.to_vec(),
        survey_version: Uuid::from_u128(50).into(),
    }
}

pub(crate) fn event() -> Event {
    Event {
        id: Uuid::from_u128(200).into(),
        code: "K7PM".into(),
        venue: venue().id,
        production: None,
        title: Text::new("Talvisirkus", "Vintercirkus", "Winter circus"),
        doors_at: Some(START - HOUR),
        starts_at: START,
        ends_at: START + 130 * MINUTE,
        window: Window::around(START + 130 * MINUTE, Window::BEFORE, Window::AFTER, None),
        attendance: Some(540),
        survey_version: survey().version,
        links: vec![Link {
            text: Text::new("Käsiohjelma", "Programblad", "Programme notes"),
            url: "https://example.org/ohjelma".into(),
        }],
    }
}

/// Faces, a follow-up for the unhappy, one for the happy, a recommendation, a comment.
pub(crate) fn survey() -> SurveyVersion {
    let question = |number, text, kind, show_if: Option<&[u8]>| Question {
        id: question_id(number),
        series: Series::Show,
        text,
        kind,
        show_if: show_if.map(|values| ShowIf { question: question_id(1), values: values.to_vec() }),
    };
    let option = |key: &str, fi, sv, en| ChoiceOption { key: key.into(), text: Text::new(fi, sv, en) };
    SurveyVersion {
        version: Uuid::from_u128(50).into(),
        questions: vec![
            question(
                1,
                Text::new("Millainen ilta sinulla oli?", "Hur var din kväll?", "How was your evening?"),
                Kind::Face {
                    faces: 5,
                    face_set: FaceSet::Adult,
                    labels: vec![
                        Text::new("Harmillinen", "Tråkig", "A let-down"),
                        Text::new("Vaisu", "Ljum", "Flat"),
                        Text::new("Ihan ok", "Helt okej", "All right"),
                        Text::new("Hyvä", "Bra", "Good"),
                        Text::new("Huikea", "Fantastisk", "Wonderful"),
                    ],
                },
                None,
            ),
            question(
                2,
                Text::new(
                    "Mikä olisi voinut olla paremmin?",
                    "Vad kunde ha varit bättre?",
                    "What could have been better?",
                ),
                Kind::Choice {
                    options: vec![
                        option("queue", "Naulakon jono", "Kön till garderoben", "Cloakroom queue"),
                        option("view", "Näkyvyys takariveiltä", "Sikten från bakre raderna", "View from the back rows"),
                        option("sound", "Liian kova ääni", "För hög volym", "Too loud"),
                        option("seats", "Istuinmukavuus", "Sittkomforten", "Seats"),
                    ],
                    many: true,
                },
                Some(&[1, 2, 3]),
            ),
            question(
                3,
                Text::new("Mikä oli illan paras hetki?", "Vad var kvällens bästa stund?", "What was the best moment?"),
                Kind::Choice {
                    options: vec![
                        option("trapeze", "Trapetsi", "Trapetsen", "The trapeze"),
                        option("clowns", "Klovnit", "Clownerna", "The clowns"),
                        option("music", "Musiikki", "Musiken", "The music"),
                    ],
                    many: false,
                },
                Some(&[4, 5]),
            ),
            question(
                4,
                Text::new(
                    "Kuinka todennäköisesti suosittelisit esitystä ystävälle tai läheiselle?",
                    "Hur sannolikt är det att du skulle rekommendera föreställningen till en vän eller närstående?",
                    "How likely are you to recommend the show to a friend or relative?",
                ),
                Kind::Nps {
                    labels: vec![
                        Text::new("En lainkaan todennäköisesti", "Inte alls sannolikt", "Not at all likely"),
                        Text::new("Erittäin todennäköisesti", "Mycket sannolikt", "Extremely likely"),
                    ],
                },
                None,
            ),
            question(
                5,
                Text::new("Mitä haluat sanoa meille?", "Vad vill du säga till oss?", "What would you like to tell us?"),
                Kind::Text {},
                None,
            ),
        ],
    }
}
