//! Where and when: venues, events and opening times.

use domain::time::Millis;

use super::{
    id::{EventId, ProductionId, SurveyVersionId, VenueId},
    lang::{LanguageTag, Text},
};

/// A place with a foyer.
#[derive(utoipa::ToSchema)]
pub struct Venue {
    /// which venue
    pub id: VenueId,
    /// short and typeable; opens whatever is on now
    pub code: String,
    /// as on the poster
    pub name: String,
    /// an IANA name such as `Europe/Helsinki`
    pub time_zone: String,
    /// in the order of the language switch; the first is the default
    pub languages: Vec<LanguageTag>,
    /// what is asked on a day without an event
    pub survey_version: SurveyVersionId,
}

/// One performance, concert, workshop or school visit, at a venue.
#[derive(utoipa::ToSchema)]
pub struct Event {
    /// which event
    pub id: EventId,
    /// short and typeable, without look-alike characters
    pub code: String,
    /// where it is
    pub venue: VenueId,
    /// the show it is one evening of
    pub production: Option<ProductionId>,
    /// as on the poster
    pub title: Text,
    /// when the audience is let in
    pub doors_at: Option<Millis>,
    /// when it begins
    pub starts_at: Millis,
    /// when it ends
    pub ends_at: Millis,
    /// when answers belong to it
    pub window: [i64; 2],
    /// how many were there, known afterwards
    pub attendance: Option<u32>,
    /// what is asked
    pub survey_version: SurveyVersionId,
    /// what a visitor gets after answering: programme notes, materials
    #[serde(default)]
    pub links: Vec<Link>,
}

/// A page that visitors may want after the event.
#[derive(utoipa::ToSchema)]
pub struct Link {
    /// what it is
    pub text: Text,
    /// an https address
    pub url: String,
}

/// The stretches in which a kiosk is awake.
#[derive(utoipa::ToSchema)]
pub struct OpenTimes {
    /// in order, apart from each other, both ends included
    pub windows: Vec<[i64; 2]>,
    /// what comes after this instant is not known yet, and a kiosk that does not know stays awake
    pub known_until: Millis,
}
