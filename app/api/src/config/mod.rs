//! Everything that a kiosk needs to know to ask, also when it has no network for days.
//!
//! - [`sleep`]: when a tablet may sleep, as its configuration tells.

pub mod sleep;

use domain::{
    event::{Event, Venue, Window},
    id::{EventId, KioskId, PairingId, SurveyVersionId},
    lang::{Lang, LanguageTag, Text},
    open_times::OpenTimes,
    survey::SurveyVersion,
    time::Millis,
};
use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use crate::schema;

/// What a kiosk is told about itself and its venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KioskConfig {
    /// the place of the tablet
    pub kiosk: KioskInfo,
    /// where it stands
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Venue))]
    pub venue: Venue,
    /// the server's clock, milliseconds UTC
    pub server_now: Millis,
    /// what visitors type
    pub public_url: String,
    /// how it looks
    pub look: Look,
    /// the programme around now, in order of start
    pub events: Vec<KioskEvent>,
    /// every version that the venue or one of the events uses
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::SurveyVersion>))]
    pub surveys: Vec<SurveyVersion>,
    /// how it behaves
    pub settings: KioskSettings,
    /// when it is awake; `None`: always
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::OpenTimes>))]
    pub open: Option<OpenTimes>,
    /// what the languages of the venue call themselves
    #[cfg_attr(feature = "openapi", schema(value_type = Option<schema::Text>))]
    #[serde(default)]
    pub language_names: Option<Text>,
    /// how it knows the PIN of the staff corner; a tablet without it keeps the corner shut
    pub pin: Option<PinCheck>,
}

/// How a tablet knows the right PIN, also without a network, and without having it:
/// PBKDF2-HMAC-SHA-256, which every browser has built in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PinCheck {
    /// 16 bytes in hexadecimal digits
    pub salt: String,
    /// how many rounds
    pub rounds: u64,
    /// 32 bytes in hexadecimal digits
    pub hash: String,
}

impl KioskConfig {
    /// What is on at an instant: of the events whose answer window holds it, the one whose window
    /// opened last.
    #[must_use]
    pub fn event_at(&self, now: Millis) -> Option<&KioskEvent> {
        self.events.iter().filter(|event| event.window.contains(now)).max_by_key(|event| event.window.from)
    }

    /// What a language calls itself. A configuration of an older server tells no names.
    #[must_use]
    pub fn language_name(&self, tag: LanguageTag) -> &str {
        let told = self.language_names.as_ref().and_then(|names| names.find(tag, None));
        told.map_or_else(|| tag.lang().map_or("", Lang::own_name), |(_, name)| name)
    }

    /// What is asked: the survey of an event, or that of the venue where there is none or the
    /// event's is missing.
    #[must_use]
    pub fn survey_of(&self, event: Option<&KioskEvent>) -> Option<&SurveyVersion> {
        let known = |version| self.surveys.iter().find(|survey| survey.version == version);
        event.and_then(|event| known(event.survey_version)).or_else(|| known(self.venue.survey_version))
    }
}

/// A kiosk's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KioskInfo {
    /// which kiosk
    #[cfg_attr(feature = "openapi", schema(value_type = schema::KioskId))]
    pub id: KioskId,
    /// the pairing whose token asked: the responses it takes carry it, whichever token delivers them
    #[cfg_attr(feature = "openapi", schema(value_type = schema::PairingId))]
    pub pairing: PairingId,
    /// where it stands: "foyer"
    pub name: String,
    /// the highest number that the server has seen from this pairing
    pub seq_seen: u64,
}

/// An event as a kiosk needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KioskEvent {
    /// which event
    #[cfg_attr(feature = "openapi", schema(value_type = schema::EventId))]
    pub id: EventId,
    /// what visitors type
    pub code: String,
    /// as on the poster
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub title: Text,
    /// when it begins
    pub starts_at: Millis,
    /// when it ends
    pub ends_at: Millis,
    /// when answers belong to it
    #[cfg_attr(feature = "openapi", schema(value_type = [i64; 2]))]
    pub window: Window,
    /// what is asked
    #[cfg_attr(feature = "openapi", schema(value_type = schema::SurveyVersionId))]
    pub survey_version: SurveyVersionId,
}

impl From<&Event> for KioskEvent {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id,
            code: event.code.clone(),
            title: event.title.clone(),
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            window: event.window,
            survey_version: event.survey_version,
        }
    }
}

/// How a kiosk looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Look {
    /// the dark curtain around the lit paper
    #[default]
    Curtain,
    /// black on white, thick lines
    Contrast,
}

/// How a kiosk behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct KioskSettings {
    /// without a touch for this long, the countdown appears, in milliseconds
    pub idle_ms: Millis,
    /// how long the countdown runs, in milliseconds
    pub countdown_ms: Millis,
    /// how long the thanks stand, in milliseconds
    pub thanks_ms: Millis,
    /// how often a sign of life is given, in milliseconds
    pub heartbeat_ms: Millis,
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self { idle_ms: 20_000, countdown_ms: 20_000, thanks_ms: 6_000, heartbeat_ms: 60_000 }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use domain::{id::VenueId, time::HOUR};

    const EVENING: Millis = 1_763_740_800_000;

    fn version(n: u128) -> SurveyVersionId {
        SurveyVersionId(Uuid::from_u128(n))
    }

    fn event(n: u128, from: Millis, until: Millis) -> KioskEvent {
        KioskEvent {
            id: EventId(Uuid::from_u128(n)),
            code: String::new(),
            title: Text::same("Talvisirkus"),
            starts_at: from,
            ends_at: until,
            window: [from, until].into(),
            survey_version: version(n),
        }
    }

    fn config() -> KioskConfig {
        let nil = Uuid::nil();
        KioskConfig {
            kiosk: KioskInfo { id: KioskId(nil), pairing: PairingId(nil), name: "foyer".into(), seq_seen: 0 },
            venue: Venue {
                id: VenueId(nil),
                code: "teltta".into(),
                name: "Sirkusteltta".into(),
                time_zone: "Europe/Helsinki".into(),
                languages: vec![Lang::Fi.into()],
                survey_version: version(9),
            },
            server_now: EVENING,
            public_url: String::new(),
            look: Look::default(),
            events: vec![event(1, EVENING, EVENING + 3 * HOUR), event(2, EVENING + 2 * HOUR, EVENING + 5 * HOUR)],
            surveys: [1, 9].map(|n| SurveyVersion { version: version(n), questions: Vec::new() }).to_vec(),
            settings: KioskSettings::default(),
            open: Some(OpenTimes::new(vec![[EVENING, EVENING + HOUR].into()], EVENING + 2 * HOUR)),
            language_names: None,
            pin: None,
        }
    }

    #[test]
    fn the_event_whose_window_opened_last_is_on() {
        let config = config();
        let on = |at| config.event_at(at).map(|event| event.id.0.as_u128());
        assert_eq!(on(EVENING - 1), None);
        assert_eq!(on(EVENING), Some(1));
        assert_eq!(on(EVENING + 2 * HOUR), Some(2));
        assert_eq!(on(EVENING + 5 * HOUR + 1), None);
    }

    #[test]
    fn something_is_asked_without_an_event_and_without_its_survey() {
        let config = config();
        let asked = |event| config.survey_of(event).map(|survey| survey.version);
        assert_eq!(asked(config.events.first()), Some(version(1)));
        assert_eq!(asked(config.events.get(1)), Some(version(9)));
        assert_eq!(asked(None), Some(version(9)));
    }

    #[test]
    fn a_configuration_survives_the_journey() {
        let sent = serde_json::to_string(&config()).unwrap();
        assert_eq!(serde_json::from_str::<KioskConfig>(&sent).unwrap(), config());
    }
}
