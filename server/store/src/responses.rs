//! Responses: stored once, whatever arrives how often.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::{
    doubt::source::SourceClass,
    event::{EventSource, Subject},
    flag::Flag,
    id::{EventId, KioskId, ProductionId, VenueId},
    response::Response,
    time::{LocalDay, Millis, Slot},
};

use super::{StoreError, error_log::Logged};

/// Everything about one response that is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewResponse {
    /// what was said
    pub response: Response,
    /// where and when it belongs
    pub place: Placement,
    /// the doubts it came with
    pub flags: Vec<Flag>,
    /// tells a replay from somebody else's answer
    pub content: ContentHash,
    /// what happens where the id is there already with other content
    pub repeat: Repeat,
}

impl NewResponse {
    /// The flags it came with, each once, in order.
    pub(crate) fn distinct_flags(&self) -> Vec<Flag> {
        self.flags.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Where and when a response belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// the venue of the pairing that took it, or of the code
    pub venue: VenueId,
    /// the kiosk of that pairing
    pub kiosk: Option<KioskId>,
    /// the event, where there is one
    pub event: Option<EventId>,
    /// what decided the event; `None` exactly where there is none
    pub source: Option<EventSource>,
    /// the event's production, where it has one
    pub production: Option<ProductionId>,
    /// when it really was, milliseconds UTC
    pub corrected_at: Millis,
    /// whether `corrected_at` is when it was given, and not merely when it arrived
    pub clock_known: bool,
    /// when it arrived, milliseconds UTC
    pub received_at: Millis,
    /// how much had come from the same address
    pub address_class: SourceClass,
    /// the day of the event, or of `corrected_at` where there is none, in the venue's time zone
    pub local_day: LocalDay,
}

impl Placement {
    /// What the response is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        self.event.map_or(Subject::Venue(self.venue), Subject::Event)
    }

    /// The ten minutes it belongs to.
    #[must_use]
    pub const fn slot(&self) -> Slot {
        Slot::of(self.corrected_at)
    }
}

/// A keyed hash of the canonical content, with the number of the form it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash {
    /// the number of the canonical form that was hashed
    pub form: i16,
    /// HMAC-SHA-256, the first 16 bytes
    pub hash: [u8; 16],
}

/// What happens where an id arrives again with other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// it is kept aside as a conflict
    Conflict,
    /// it replaces the first answer, where that was received at `not_before` or later
    Replace {
        /// milliseconds UTC
        not_before: Millis,
    },
}

/// What became of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// new (or a permitted replacement), and on disk
    Stored,
    /// was there before with the same content, or was deleted: it stays as it is
    Duplicate,
    /// was there before with other content: kept aside for staff
    Conflict,
    /// the database refuses it and always will: only the [writer](crate::writer) says so, which tries each response
    /// of a group that was refused alone, and logs why
    Refused(Logged),
}

/// A stored response as an export or a recount reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// what was said; comments are left empty here
    pub response: Response,
    /// where and when it belongs
    pub place: Placement,
    /// the doubts that have not been lifted
    pub flags: Vec<Flag>,
}

/// A page of stored responses, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// in the order of their ids
    pub responses: Vec<StoredResponse>,
    /// from where to go on; `None` at the end
    pub next: Option<uuid::Uuid>,
}

/// Responses.
#[async_trait]
pub trait Responses {
    /// Writes a group in one transaction: responses, comments, flags, tallies of the subjects and of
    /// the months, the numbers seen from each pairing, conflicts, and marks what is to be judged
    /// ([`doubt`](crate::doubt)). Returns after the commit is synced to disk, with one outcome for each response, in order. All or nothing: after an error nothing of the
    /// group is there.
    ///
    /// # Errors
    /// Where the store cannot do it now, or one of them is refused by the database.
    async fn commit(&self, group: &[NewResponse]) -> Result<Vec<Outcome>, StoreError>;

    /// Responses in the order of their ids, after `after`, at most `limit`.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn responses(&self, after: Option<uuid::Uuid>, limit: u32) -> Result<Page, StoreError>;

    /// Deletes a response: id and hash stay, the rest goes, tallies follow. False where there is none.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn delete_response(&self, id: domain::id::ResponseId, at: Millis) -> Result<bool, StoreError>;
}
