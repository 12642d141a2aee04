//! Everything that a kiosk needs to know to ask, also when it has no network for days.

use serde::{Deserialize, Serialize};

use super::{
    event::{Event, Venue, Window},
    id::{EventId, KioskId, SurveyVersionId},
    lang::Text,
    survey::SurveyVersion,
    time::Millis,
};

/// What a kiosk is told about itself and its venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct KioskConfig {
    /// the place of the tablet
    pub kiosk: KioskInfo,
    /// where it stands
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
    pub surveys: Vec<SurveyVersion>,
    /// how it behaves
    pub settings: KioskSettings,
}

/// A kiosk's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct KioskInfo {
    /// which kiosk
    pub id: KioskId,
    /// where it stands: "foyer"
    pub name: String,
    /// the highest number that the server has seen from this pairing
    pub seq_seen: u64,
}

/// An event as a kiosk needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct KioskEvent {
    /// which event
    pub id: EventId,
    /// what visitors type
    pub code: String,
    /// as on the poster
    pub title: Text,
    /// when it begins
    pub starts_at: Millis,
    /// when it ends
    pub ends_at: Millis,
    /// when answers belong to it
    #[cfg_attr(feature = "ssr", schema(value_type = [i64; 2]))]
    pub window: Window,
    /// what is asked
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
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
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
