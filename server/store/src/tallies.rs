//! Tallies: reading the sums, and proving them.

use std::collections::BTreeMap;

use super::StoreError;
use async_trait::async_trait;
use domain::{
    event::Subject,
    id::{EventId, ProductionId, VenueId},
    tally::Tally,
    time::{LocalDay, LocalMonth},
};

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
    /// where
    pub venue: VenueId,
    /// the day at the venue
    pub day: LocalDay,
    /// responses that count
    pub counted: u64,
    /// responses set aside
    pub aside: u64,
}

/// Whose months are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthsOf {
    /// everything that was answered at a venue
    Venue(VenueId),
    /// everything that was answered about a production, wherever it played
    Production(ProductionId),
}

/// Tallies, as staff read them.
#[async_trait]
pub trait StaffTallies {
    /// The tally of one subject; of a venue, on one day.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn tally(&self, subject: Subject, day: Option<LocalDay>) -> Result<Tally, StoreError>;

    /// The tallies of events, in one query. An event without answers is not among them.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn tallies(&self, events: &[EventId]) -> Result<BTreeMap<EventId, Tally>, StoreError>;

    /// The tally over months, both ends included; without slots. A production that played at a venue
    /// outside the scope is not summed up: its sum would tell about that venue.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn tally_of_months(&self, of: MonthsOf, from: LocalMonth, until: LocalMonth) -> Result<Tally, StoreError>;

    /// How many responses are counted for each of these events.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn counted(&self, events: &[EventId]) -> Result<BTreeMap<EventId, u64>, StoreError>;

    /// The days of venues, each from a day on, on which anything came in outside events: at most
    /// `limit` of each venue, newest first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn days(&self, venues: &[(VenueId, LocalDay)], limit: u32) -> Result<Vec<DayCount>, StoreError>;
}

/// The proof of the tallies.
#[async_trait]
pub trait Tallies {
    /// Counts every response again and compares, at most 100 differences; with `fix`, writes what the responses say, in
    /// pieces between which answers get through. Broken off, it has put some of it right, and goes on when asked again.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn recount(&self, fix: bool) -> Result<Vec<Difference>, StoreError>;
}
