//! SQLite: the default, which needs nothing but a file.
//!
//! - [`connect`]: opening the file, with everything that makes a commit durable;
//! - `settle`: making sure of what a crash has left;
//! - [`copy`], [`restore`]: backups;
//! - `bulk`: many rows in few statements, because each statement costs a trip to SQLite's thread;
//! - the rest is in `shared/`.

mod bulk;
pub mod connect;
pub mod copy;
mod many;
pub mod restore;
mod settle;

// Written once and compiled for each database: the statements are alike, the types behind them are not.
#[path = "../shared/alerts.rs"]
mod alerts;
#[path = "../shared/comments.rs"]
mod comments;
#[path = "../shared/health.rs"]
mod health;
#[path = "../shared/kiosks.rs"]
mod kiosks;
#[path = "../shared/organisation.rs"]
mod organisation;
#[path = "../shared/paces.rs"]
mod paces;
#[path = "../shared/pairings.rs"]
mod pairings;
#[path = "../shared/programme.rs"]
mod programme;
#[path = "../shared/recount.rs"]
mod recount;
#[path = "../shared/repeats.rs"]
mod repeats;
#[path = "../shared/responses.rs"]
mod responses;
#[path = "../shared/staff.rs"]
mod staff;
#[path = "../shared/stored.rs"]
mod stored;
#[path = "../shared/surveys.rs"]
mod surveys;
#[path = "../shared/tallies.rs"]
mod tallies;
#[path = "../shared/writing.rs"]
mod writing;

use std::collections::BTreeSet;

use sqlx::{Pool, Transaction};
use tokio::sync::broadcast;

use super::{
    Store, StoreError,
    changes::{Change, Changes},
};

type Db = sqlx::Sqlite;
type Here = Sqlite;
type Connection = sqlx::SqliteConnection;

/// One connection writes at a time anyway, so no row needs a lock of its own.
const FOR_UPDATE: &str = "";

/// A store in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    /// one connection: SQLite has one writer, and waiting here is fairer than waiting there
    writer: Pool<Db>,
    readers: Pool<Db>,
    changes: broadcast::Sender<Change>,
}

impl Store for Sqlite {}

impl Changes for Sqlite {
    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

impl Sqlite {
    /// Closes the file; the last to close it leaves no log behind.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    fn reader(&self) -> &Pool<Db> {
        &self.readers
    }

    /// A transaction that may write. `IMMEDIATE`, because one that begins with reading cannot be
    /// upgraded while another process writes.
    async fn begin(&self) -> Result<Transaction<'static, Db>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// A transaction that sees one moment.
    async fn snapshot(&self) -> Result<Transaction<'static, Db>, StoreError> {
        Ok(self.readers.begin().await?)
    }

    /// `BEGIN IMMEDIATE` has stopped them already.
    #[expect(clippy::unused_async, reason = "PostgreSQL has to ask")]
    async fn stop_other_writers(_: &mut Connection) -> Result<(), StoreError> {
        Ok(())
    }

    /// Nor does anybody else write with this key.
    #[expect(clippy::unused_async, reason = "PostgreSQL has to ask")]
    async fn stop_others_with(_: &mut Connection, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    #[expect(clippy::unused_async, reason = "PostgreSQL tells within the transaction")]
    async fn tell_within(_: &mut Connection, _: &BTreeSet<Change>) -> Result<(), StoreError> {
        Ok(())
    }

    fn tell_after(&self, changes: &BTreeSet<Change>) {
        for change in changes {
            // Nobody listening is no error.
            let _ = self.changes.send(*change);
        }
    }
}
