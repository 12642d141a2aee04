//! A venue, its surveys and its programme, for the tests.

use api::config::{KioskConfig, KioskEvent, KioskInfo, KioskSettings, Look};
use domain::{
    event::Venue,
    id::{EventId, KioskId, PairingId, QuestionId, SurveyVersionId, VenueId},
    lang::{Lang, Text},
    open_times::OpenTimes,
    survey::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Kind, NpsQuestion, Question, Series, SurveyVersion,
        TextQuestion,
    },
    time::{HOUR, Millis},
};
use uuid::Uuid;

/// When the tests begin: an evening.
pub(crate) const EVENING: Millis = 1_795_000_000_000;

/// A question by its place: 0 face, 1 choice of many, 2 comment, 3 NPS.
pub(crate) fn question(place: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(100 + place))
}

/// Face, choice of many, comment, NPS.
pub(crate) fn survey(version: u128) -> SurveyVersion {
    let option = |key: &str| ChoiceOption { key: key.into(), text: Text::same(key) };
    let kinds = [
        Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Adult, labels: vec![Text::same("word"); 5] }),
        Kind::Choice(ChoiceQuestion { options: ["sound", "seat"].map(option).into(), many: true }),
        Kind::Text(TextQuestion {}),
        Kind::Nps(NpsQuestion { labels: vec![Text::same("end"); 2] }),
    ];
    let questions = (0..).zip(kinds).map(|(place, kind)| Question {
        id: question(place),
        series: Series::Show,
        text: Text::same("?"),
        kind,
        show_if: None,
    });
    SurveyVersion { version: SurveyVersionId(Uuid::from_u128(version)), questions: questions.collect() }
}

/// A performance that takes answers for four hours from `from` on.
pub(crate) fn event(n: u128, from: Millis) -> KioskEvent {
    KioskEvent {
        id: EventId(Uuid::from_u128(n)),
        code: String::new(),
        title: Text::same("Talvisirkus"),
        starts_at: from,
        ends_at: from + 2 * HOUR,
        window: [from, from + 4 * HOUR].into(),
        survey_version: SurveyVersionId(Uuid::from_u128(1)),
    }
}

/// A tent that asks survey 1, in Finnish and Swedish, always open, nothing on.
pub(crate) fn config() -> KioskConfig {
    let id = Uuid::from_u128(1);
    KioskConfig {
        kiosk: KioskInfo { id: KioskId(id), pairing: PairingId(id), name: "foyer".into(), seq_seen: 0 },
        venue: Venue {
            id: VenueId(id),
            code: "teltta".into(),
            name: "Sirkusteltta".into(),
            time_zone: "Europe/Helsinki".into(),
            languages: vec![Lang::Fi.into(), Lang::Sv.into()],
            survey_version: SurveyVersionId(id),
        },
        server_now: EVENING,
        public_url: String::new(),
        look: Look::default(),
        events: Vec::new(),
        surveys: vec![survey(1)],
        settings: KioskSettings::default(),
        open: None,
        language_names: None,
        pin: None,
    }
}

/// The same with doors that open for an hour from `from` on.
pub(crate) fn open_from(from: Millis) -> KioskConfig {
    KioskConfig { open: Some(OpenTimes::new(vec![[from, from + HOUR].into()], from + 100 * HOUR)), ..config() }
}
