//! What Aplodi remembers, as traits by aggregate with one implementation for SQLite and one for
//! PostgreSQL. Only this folder speaks SQL.
//!
//! - one file for each aggregate: the trait and the plain types that go in and out;
//! - [`Store`]: the two ways in, for the staff and for the program itself; [`Scope`]: what one person may see;
//! - [`open`](mod@open): from an address to a store, migrated and ready;
//! - [`writer`]: the one writer that gathers responses into synced commits;
//! - [`error_log`]: how what nobody expected reaches the log, once;
//! - `additions`: what a group of responses asks and adds, without a database;
//! - [`rows`]: the columns of a response and of all that is written with it, each listed once;
//! - `answers`: how answers look in a row, without a database;
//! - `tally_deltas`: what responses add to the tallies, without a database;
//! - `sql/`: the statements, written once and compiled for each database;
//! - [`sqlite`], [`postgres`]: connections, and what a database does in its own way.
//!
//! Nothing found is `Option`, something wrong is [`StoreError`]. What does not belong here: rules
//! about what an answer means (`domain`), and HTTP.

mod additions;
pub mod alerts;
mod answers;
pub mod audit;
pub mod begin_again;
pub mod changes;
pub mod codes;
pub mod comments;
pub mod courses;
pub mod decisions;
pub mod doubt;
mod entry;
mod error;
pub mod error_log;
pub mod feeds;
pub mod health;
pub mod import_files;
pub mod imports;
pub mod installation;
pub mod kiosk_commands;
pub mod kiosks;
mod live_view;
pub mod logo;
pub mod mail_readers;
pub mod moving;
pub mod open;
pub mod open_id;
pub mod organisation;
pub mod pairings;
pub mod people;
pub mod placing;
pub mod postgres;
pub mod programme;
pub mod recovery;
pub mod responses;
pub mod rows;
mod scope;
pub mod second_step;
pub mod size;
pub mod sqlite;
pub mod staff;
pub mod surveys;
pub mod tallies;
mod tally_deltas;
mod words;
pub mod writer;

pub use self::{
    entry::{Caller, StaffStore, Store, SystemStore},
    error::{StoreError, chain},
    live_view::LiveView,
    open::{OpenError, open},
    scope::Scope,
};
