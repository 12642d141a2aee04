//! Venues, productions and events.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::{
    attendance::AttendanceKind,
    event::{Event, Venue, Window},
    id::{EventId, ProductionId, VenueId},
    lang::Text,
    production::ProductionKind,
    survey::Collection,
    time::Millis,
    venue_settings::VenueSettings,
};

use super::StoreError;

/// A show that is played many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Production {
    /// which production
    pub id: ProductionId,
    /// as on the poster
    pub title: Text,
    /// what kind of show it is
    pub kind: ProductionKind,
}

impl Production {
    /// One of which nobody has said of what kind it is.
    #[must_use]
    pub const fn new(id: ProductionId, title: Text) -> Self {
        Self { id, title, kind: ProductionKind::Other }
    }
}

/// What a code on a poster opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coded {
    /// one event
    Event(Box<Event>),
    /// a venue: whatever is on now
    Venue(Venue),
}

/// What became of an event that staff delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventDeleted {
    /// it is gone, and its code with it
    Deleted,
    /// somebody has answered about it: it can be cancelled
    HasAnswers,
    /// there is no such event for the caller
    NotThere,
}

/// What became of a venue that staff save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VenueSaved {
    /// it is as it was written
    Saved,
    /// its code opens something else
    CodeTaken,
    /// there is no such venue for the caller, or it is new and they see a part of the venues only
    NotThere,
}

/// Venues, productions and events, as the program itself uses them.
#[async_trait]
pub trait Programme {
    /// Adds a venue or changes it.
    ///
    /// # Errors
    /// Where the store cannot do it now, or the code is taken.
    async fn save_venue(&self, venue: &Venue) -> Result<(), StoreError>;

    /// Adds a production or changes it.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn save_production(&self, production: &Production) -> Result<(), StoreError>;

    /// Adds an event or changes it.
    ///
    /// # Errors
    /// Where the store cannot do it now, or the code is taken.
    async fn save_event(&self, event: &Event) -> Result<(), StoreError>;

    /// The venue with this id.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn venue(&self, id: VenueId) -> Result<Option<Venue>, StoreError>;

    /// The event with this id.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn event(&self, id: EventId) -> Result<Option<Event>, StoreError>;

    /// What a code names, for whichever way it was issued; case does not matter.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn coded(&self, code: &str) -> Result<Option<Coded>, StoreError>;

    /// The events of a venue whose span from the earliest of doors, start and window to the latest of
    /// end and window touches `span`, by start; without those that are cancelled.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn events(&self, venue: VenueId, span: Window) -> Result<Vec<Event>, StoreError>;

    /// What staff have decided about a venue; as usual where the venue is unknown.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn venue_settings(&self, venue: VenueId) -> Result<VenueSettings, StoreError>;
}

/// Venues, productions and events, as staff see and change them.
#[async_trait]
pub trait StaffProgramme {
    /// Every venue, by name.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn venues(&self) -> Result<Vec<Venue>, StoreError>;

    /// Every production, by id, which is the order in which they were made. For whoever sees a part of the venues:
    /// those that are played there.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn productions(&self) -> Result<Vec<Production>, StoreError>;

    /// The venue with this id.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn venue(&self, id: VenueId) -> Result<Option<Venue>, StoreError>;

    /// Changes a production, or adds one. False for who sees a part of the venues only: it may be played elsewhere.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn save_production(&self, production: &Production) -> Result<bool, StoreError>;

    /// Changes a venue, or adds one.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn save_venue(&self, venue: &Venue) -> Result<VenueSaved, StoreError>;

    /// The event with this id.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn event(&self, id: EventId) -> Result<Option<Event>, StoreError>;

    /// Whether anybody has answered about an event, also in answers that are set aside or in conflict.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn has_answers(&self, id: EventId) -> Result<bool, StoreError>;

    /// Deletes an event that nobody has answered about.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn delete_event(&self, id: EventId) -> Result<EventDeleted, StoreError>;

    /// Events whose span, as [`Programme::events`] says, touches `span`, by start.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn events(&self, span: Window) -> Result<Vec<Event>, StoreError>;

    /// Those among events that do not take place.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn cancelled_among(&self, events: &[EventId]) -> Result<BTreeSet<EventId>, StoreError>;

    /// One event, and why the survey is asked that is asked there.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn event_and_collection(&self, id: EventId) -> Result<Option<(Event, Collection)>, StoreError>;

    /// The events that ended last before `at`, newest first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn last_events(&self, at: Millis, limit: u32) -> Result<Vec<Event>, StoreError>;

    /// Says how many were at an event, and how that is known. False where there is no such event.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn set_attendance(
        &self,
        id: EventId,
        attendance: Option<u32>,
        kind: Option<AttendanceKind>,
    ) -> Result<bool, StoreError>;

    /// What has been decided about each venue.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn venue_settings(&self) -> Result<BTreeMap<VenueId, VenueSettings>, StoreError>;

    /// What has been decided about one venue; `None` where there is no such venue.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn settings_of(&self, venue: VenueId) -> Result<Option<VenueSettings>, StoreError>;

    /// Decides about a venue. False where there is no such venue.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn set_venue_settings(&self, venue: VenueId, settings: &VenueSettings) -> Result<bool, StoreError>;
}
