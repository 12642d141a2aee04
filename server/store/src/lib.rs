//! What Aplodi remembers, as traits by aggregate with one implementation for SQLite and one for
//! PostgreSQL. Only this folder speaks SQL.
//!
//! - one file for each aggregate: the trait and the plain types that go in and out;
//! - [`Store`]: the two ways in, for the staff and for the program itself; [`Scope`]: what one person may see;
//! - [`open`](mod@open): from an address to a store, migrated and ready;
//! - [`writer`]: the one writer that gathers responses into synced commits;
//! - `additions`: what a group of responses asks and adds, without a database;
//! - [`rows`]: the columns of a response and of all that is written with it, each listed once;
//! - `answers`: how answers look in a row, without a database;
//! - `tally_deltas`: what responses add to the tallies, without a database;
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
pub mod rows;
mod scope;
pub mod size;
pub mod sqlite;
pub mod staff;
pub mod surveys;
pub mod tallies;
mod tally_deltas;
pub mod writer;

use std::{fmt, sync::Arc};

pub use self::{
    error::StoreError,
    open::{OpenError, open},
    scope::Scope,
};

/// Everything that Aplodi remembers. There are two ways in and no third, so that nobody can forget
/// to ask what a person may see.
#[derive(Clone)]
pub struct Store(Arc<dyn SystemStore>);

impl Store {
    /// What a member of staff, or a program of theirs, may read and write: nothing outside the scope
    /// is there for them.
    #[must_use]
    pub fn for_staff(&self, scope: Scope) -> Box<dyn StaffStore> {
        Arc::clone(&self.0).for_staff(scope)
    }

    /// What the program itself does: tablets, visitors, jobs, the command line. No page of the staff
    /// comes this way.
    #[must_use]
    pub fn system(&self) -> &Arc<dyn SystemStore> {
        &self.0
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// What the program itself does, whoever may see it.
pub trait SystemStore:
    alerts::Alerts
    + changes::Changes
    + health::Listening
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
    /// What is left of it for somebody with a scope.
    fn for_staff(self: Arc<Self>, scope: Scope) -> Box<dyn StaffStore>;
}

/// What a member of staff may read and write, each call within their [`Scope`].
pub trait StaffStore:
    alerts::StaffAlerts
    + changes::StaffChanges
    + comments::StaffComments
    + health::StaffHealth
    + pairings::StaffKiosks
    + organisation::StaffOrganisation
    + programme::StaffProgramme
    + surveys::StaffSurveys
    + tallies::StaffTallies
    + Send
    + Sync
    + 'static
{
}
