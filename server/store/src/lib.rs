//! What Aplodi remembers, as traits by aggregate with one implementation for SQLite and one for
//! PostgreSQL. Only this folder speaks SQL.
//!
//! - one file for each aggregate: the trait and the plain types that go in and out;
//! - [`open`]: from an address to a store, migrated and ready;
//! - [`writer`]: the one writer that gathers responses into synced commits;
//! - `additions`: what a group of responses asks and adds, without a database;
//! - `answers`, `tally_deltas`: how answers and tallies look in a row, without a database;
//! - `burst_detection`: which responses came too fast, without a database;
//! - `sql/`: the statements, written once and compiled for each database;
//! - [`sqlite`], [`postgres`]: connections, and what a database does in its own way.
//!
//! Nothing found is `Option`, something wrong is [`StoreError`]. What does not belong here: rules
//! about what an answer means (`domain`), and HTTP.

mod additions;
pub mod alerts;
mod answers;
mod burst_detection;
pub mod changes;
pub mod comments;
mod error;
pub mod health;
pub mod kiosks;
pub mod open;
pub mod organisation;
pub mod pairings;
pub mod postgres;
pub mod programme;
pub mod responses;
pub mod size;
pub mod sqlite;
pub mod staff;
pub mod surveys;
pub mod tallies;
mod tally_deltas;
pub mod writer;

use domain::id::VenueId;

pub use self::{
    error::StoreError,
    open::{OpenError, open},
};

/// Everything that Aplodi remembers.
pub trait Store:
    alerts::Alerts
    + changes::Changes
    + comments::Comments
    + health::Health
    + kiosks::Kiosks
    + organisation::Organisation
    + pairings::Pairings
    + programme::Programme
    + responses::Responses
    + size::Size
    + staff::Staff
    + surveys::Surveys
    + tallies::Tallies
    + Send
    + Sync
    + 'static
{
}

/// Which venues a person may see. Every read of the staff takes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// every venue of the organisation
    All,
    /// these venues
    Venues(Vec<VenueId>),
}

impl Scope {
    /// Whether a venue may be seen.
    #[must_use]
    pub fn allows(&self, venue: VenueId) -> bool {
        match self {
            Self::All => true,
            Self::Venues(venues) => venues.contains(&venue),
        }
    }
}
