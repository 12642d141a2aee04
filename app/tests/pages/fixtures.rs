//! An evening at the circus.

use app::pages::staff::subject::data::{About, Comment, LiveAddresses, SubjectData};
use domain::{
    event::{Event, Link, Venue, Window},
    flag::Flag,
    id::QuestionId,
    lang::{Lang, Text},
    live_delay::LiveDelay,
    response::{Answer, Channel, End, Given, Response, Timing},
    summary::SummaryInput,
    survey::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, Series, ShowIf,
        SurveyVersion, TextQuestion,
    },
    tally::Tally,
    time::{HOUR, MINUTE, Millis, Slot},
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
        languages: Lang::ALL.map(Into::into).to_vec(),
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
                Kind::Face(FaceQuestion {
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
                None,
            ),
            question(
                2,
                Text::new(
                    "Mikä olisi voinut olla paremmin?",
                    "Vad kunde ha varit bättre?",
                    "What could have been better?",
                ),
                Kind::Choice(ChoiceQuestion {
                    options: vec![
                        option("queue", "Naulakon jono", "Kön till garderoben", "Cloakroom queue"),
                        option("view", "Näkyvyys takariveiltä", "Sikten från bakre raderna", "View from the back rows"),
                        option("sound", "Liian kova ääni", "För hög volym", "Too loud"),
                        option("seats", "Istuinmukavuus", "Sittkomforten", "Seats"),
                    ],
                    many: true,
                }),
                Some(&[1, 2, 3]),
            ),
            question(
                3,
                Text::new("Mikä oli illan paras hetki?", "Vad var kvällens bästa stund?", "What was the best moment?"),
                Kind::Choice(ChoiceQuestion {
                    options: vec![
                        option("trapeze", "Trapetsi", "Trapetsen", "The trapeze"),
                        option("clowns", "Klovnit", "Clownerna", "The clowns"),
                        option("music", "Musiikki", "Musiken", "The music"),
                    ],
                    many: false,
                }),
                Some(&[4, 5]),
            ),
            question(
                4,
                Text::new(
                    "Kuinka todennäköisesti suosittelisit esitystä ystävälle tai läheiselle?",
                    "Hur sannolikt är det att du skulle rekommendera föreställningen till en vän eller närstående?",
                    "How likely are you to recommend the show to a friend or relative?",
                ),
                Kind::Nps(NpsQuestion {
                    labels: vec![
                        Text::new("En lainkaan todennäköisesti", "Inte alls sannolikt", "Not at all likely"),
                        Text::new("Erittäin todennäköisesti", "Mycket sannolikt", "Extremely likely"),
                    ],
                }),
                None,
            ),
            question(
                5,
                Text::new("Mitä haluat sanoa meille?", "Vad vill du säga till oss?", "What would you like to tell us?"),
                Kind::Text(TextQuestion {}),
                None,
            ),
        ],
    }
}

/// How many answered.
pub(crate) enum Crowd {
    /// so many, all counted, three of them on a phone
    Of(u64),
    /// 312, and 9 set aside
    Many,
}

/// The page of the evening, an hour after its end.
pub(crate) fn subject(crowd: &Crowd, scores_asked: bool) -> SubjectData {
    let event = event();
    let (n, aside) = match crowd {
        Crowd::Of(n) => (*n, 0),
        Crowd::Many => (312, 12),
    };
    let mut tally = Tally::default();
    for number in 0..n {
        let channel = if number % 10 == 3 { Channel::Qr } else { Channel::Kiosk };
        tally.count(&response(number, channel), &[], slot(number), 1);
    }
    for number in 0..aside {
        let flag = if number < 7 { Flag::Burst } else { Flag::Contradiction };
        tally.count(&response(number, Channel::Kiosk), &[flag], slot(number), 1);
    }
    let surveys = vec![survey()];
    let input = SummaryInput { tally: &tally, surveys: &surveys, attendance: event.attendance, scores_asked };
    let summary = input.summary();
    let comment = |text: &str, lang: Lang, face| Comment {
        is_shortened: text.starts_with("Fin"),
        text: text.into(),
        lang: lang.into(),
        face,
        may_quote: face == Some(5),
    };
    let comments = vec![
        comment("Trapetsi! Lapsi ei ole vieläkään hiljaa.", Lang::Fi, Some(5)),
        comment("Naulakolla seisottiin 25 minuuttia.", Lang::Fi, Some(2)),
        comment("Fin kväll, men musiken var lite hög.", Lang::Sv, Some(4)),
        comment("Ensimmäinen kerta sirkuksessa 60 vuoteen. En odota seuraavaa yhtä kauan.", Lang::Fi, Some(5)),
        comment("Wonderful clowns. <script>alert(1)</script> The benches are hard.", Lang::En, None),
    ];
    let path = format!("/staff/events/{}", event.id);
    SubjectData {
        delay: LiveDelay::Off,
        attendance_kind: None,
        attendance_typed: None,
        course: None,
        cancelled: false,
        hides_comments: false,
        may_edit: false,
        saved: None,
        overlaps: Vec::new(),
        venue: venue(),
        surveys: surveys.clone(),
        summary,
        comments: if n > 10 { comments } else { Vec::new() },
        now: event.ends_at + HOUR,
        live: Some(LiveAddresses { changes: format!("{path}/changes"), fragment: format!("{path}/live") }),
        path,
        about: About::Event(Box::new(event)),
    }
}

/// One visitor of many: mostly happy, the early ones less so.
fn response(number: u64, channel: Channel) -> Response {
    let face = [5, 4, 5, 3, 4, 5, 2, 5, 4, 4, 5, 1][usize::try_from(number % 12).unwrap()];
    let nps = [10, 9, 8, 7, 9, 10, 5, 10, 8, 9, 10, 3][usize::try_from(number % 12).unwrap()];
    let follow_up = if face < 4 {
        Answer {
            question: question_id(2),
            given: Given::Choice(vec![if number.is_multiple_of(2) { "queue" } else { "view" }.into()]),
        }
    } else {
        let best = ["trapeze", "clowns", "trapeze", "music"][usize::try_from(number % 4).unwrap()];
        Answer { question: question_id(3), given: Given::Choice(vec![best.into()]) }
    };
    Response {
        id: Uuid::from_u128(u128::from(number) + 1_000).into(),
        survey_version: survey().version,
        event: Some(event().id),
        channel,
        lang: Lang::Fi.into(),
        segment: None,
        assisted: false,
        end: End::Done,
        demo: false,
        timing: Timing::default(),
        pairing: None,
        seq: None,
        may_quote: false,
        answers: vec![
            Answer { question: question_id(1), given: Given::Face(face) },
            follow_up,
            Answer { question: question_id(4), given: Given::Nps(nps) },
        ],
    }
}

/// Most answer in the half hour after the end.
fn slot(number: u64) -> Slot {
    let after = [0, 0, 0, 1, 1, 1, 1, 2, 2, 3, -1, 5, -2][usize::try_from(number % 13).unwrap()];
    Slot(Slot::of(event().ends_at).0 + after)
}
