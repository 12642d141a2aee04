//! Tallies: reading the sums, and proving them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    event::Subject,
    id::{EventId, VenueId},
    tally::Tally,
    time::{LocalDay, LocalMonth},
};
use uuid::Uuid;

use super::StoreError;

/// A difference between the tallies and the responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// the table and the key, for people
    pub key: String,
    /// what the tally says
    pub tallied: i64,
    /// what the responses say
    pub counted: i64,
}

/// How many answered at a venue on a day, outside its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// the day at the venue
    pub day: LocalDay,
    /// responses that count
    pub counted: u64,
    /// responses set aside
    pub aside: u64,
}

/// Tallies.
#[async_trait]
pub trait Tallies {
    /// The tally of one subject; of a venue, on one day.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn tally(&self, subject: Subject, day: Option<LocalDay>) -> Result<Tally, StoreError>;

    /// The tally of a venue or production over months, both ends included; without slots.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn tally_of_months(&self, owner_id: Uuid, from: LocalMonth, until: LocalMonth) -> Result<Tally, StoreError>;

    /// How many responses are counted for each of these events.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn counted(&self, events: &[EventId]) -> Result<BTreeMap<EventId, u64>, StoreError>;

    /// The days of a venue, from `from` on, on which anything came in outside its events: at most
    /// `limit` of them, newest first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn days(&self, venue: VenueId, from: LocalDay, limit: u32) -> Result<Vec<DayCount>, StoreError>;

    /// Counts every response again and compares, at most 100 differences; with `fix`, writes what
    /// the responses say, in one transaction.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn recount(&self, fix: bool) -> Result<Vec<Difference>, StoreError>;
}
