//! What Aplodi remembers, as traits by aggregate with one implementation for SQLite and one for
//! PostgreSQL. Only this folder speaks SQL.
//!
//! - one file for each aggregate: the trait and the plain types that go in and out;
//! - [`writer`]: the one writer that gathers responses into synced commits;
//! - [`sqlite`], [`postgres`]: connections, and what the two databases do differently;
//! - `shared/`: what they do alike, written once and compiled for each.
//!
//! Nothing found is `Option`, something wrong is [`StoreError`]. What does not belong here: rules
//! about what an answer means (`app::domain`), and HTTP.

pub mod changes;
pub mod comments;
pub mod kiosks;
pub mod organisation;
pub mod programme;
pub mod responses;
pub mod staff;
pub mod surveys;
pub mod tallies;

use app::domain::id::VenueId;

/// Everything that Aplodi remembers.
pub trait Store:
    changes::Changes
    + comments::Comments
    + kiosks::Kiosks
    + organisation::Organisation
    + programme::Programme
    + responses::Responses
    + staff::Staff
    + surveys::Surveys
    + tallies::Tallies
    + Send
    + Sync
    + 'static
{
}

/// What went wrong in the store. [`StoreError::may_pass`] tells whether trying again can help.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full, the connection is gone, the database is busy or read-only.
    #[error("the store cannot do it now")]
    Unavailable(#[source] sqlx::Error),
    /// The database refused the data itself; other data may be fine.
    #[error("the database refused the data")]
    Refused(#[source] sqlx::Error),
    /// Something stored cannot be understood by this version of the program.
    #[error("stored data cannot be read: {0}")]
    Unreadable(String),
}

impl StoreError {
    /// Whether the same call may succeed later without a change.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
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
