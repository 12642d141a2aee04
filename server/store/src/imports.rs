//! Importing a programme: what is there, and many events at once, all of them or none.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::{
    attendance::AttendanceKind,
    event::{Event, Venue},
    id::{EventId, VenueId},
    response::Segment,
    time::Millis,
    venue_settings::AnswerWindow,
};
use uuid::Uuid;

use super::{StoreError, programme::Production};

/// An event, with what only its staff know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedEvent {
    /// the event
    pub event: Event,
    /// what its sender calls it; `None`: made by hand
    pub external_id: Option<String>,
    /// whether it does not take place
    pub cancelled: bool,
    /// how its attendance is known, where somebody has said so
    pub attendance_kind: Option<AttendanceKind>,
    /// whether every seat was taken
    pub sold_out: bool,
    /// for staff alone
    pub notes: String,
    /// who is expected
    pub segments: Vec<Segment>,
    /// how often people have changed it; what is written must have been read at this one
    pub revision: i64,
}

impl ImportedEvent {
    /// An event of which nothing more is known.
    #[must_use]
    pub const fn new(event: Event) -> Self {
        Self {
            event,
            external_id: None,
            cancelled: false,
            attendance_kind: None,
            sold_out: false,
            notes: String::new(),
            segments: Vec::new(),
            revision: 0,
        }
    }
}

/// Everything that a file is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeProgramme {
    /// every venue, by name
    pub venues: Vec<Venue>,
    /// when answers about a show are taken at each
    pub windows: BTreeMap<VenueId, AnswerWindow>,
    /// every production
    pub productions: Vec<Production>,
    /// every event, by start
    pub events: Vec<ImportedEvent>,
    /// every code that opens something, of whatever venue, in small letters
    pub codes: BTreeSet<String>,
}

impl WholeProgramme {
    /// When answers about a show are taken at a venue.
    #[must_use]
    pub fn window_at(&self, venue: VenueId) -> AnswerWindow {
        self.windows.get(&venue).copied().unwrap_or_default()
    }
}

/// What staff import.
#[async_trait]
pub trait StaffImports {
    /// Everything that a file is compared with, in as many queries however much it is.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn whole_programme(&self) -> Result<WholeProgramme, StoreError>;

    /// One event.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn imported_event(&self, id: EventId) -> Result<Option<ImportedEvent>, StoreError>;

    /// Puts events aside for an import, piece by piece, so that no answer waits for them. Nothing is changed by it.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn stage_events(&self, import: Uuid, events: &[ImportedEvent], at: Millis) -> Result<(), StoreError>;

    /// Makes events of all that was put aside for an import, and adds the productions that they are of: all of it, or
    /// nothing. False, and nothing done, where one of them is at a venue that may not be seen, or was taken there, or
    /// has been changed since it was read.
    ///
    /// # Errors
    /// Where the store cannot do it now, or a code or an id of the sender is taken.
    async fn apply_import(&self, import: Uuid, productions: &[Production]) -> Result<bool, StoreError>;

    /// Clears away what was put aside for an import, and what was put aside before `before` for one that never ended.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn clear_import(&self, import: Uuid, before: Millis) -> Result<(), StoreError>;
}
