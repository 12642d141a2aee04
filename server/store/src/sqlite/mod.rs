//! SQLite: the default, which needs nothing but a file.
//!
//! - [`connect`]: opening the file, with everything that makes a commit durable;
//! - `private`: whom the system lets read the file;
//! - `wal_recovery`: making sure of what a crash has left;
//! - [`copy`], [`restore`]: backups;
//! - `size`: how large the file and its log are;
//! - `write_connection`: the one connection that writes;
//! - `bulk`: what a group of responses asks and adds, in two trips to SQLite's thread;
//! - `sql`: the statements that both databases share, compiled for this one.

mod bulk;
mod bulk_insert;
pub mod connect;
pub mod copy;
mod private;
pub mod restore;
mod size;
mod wal_recovery;
mod write_connection;

#[path = "../sql/mod.rs"]
mod sql;

use std::{collections::BTreeSet, time::Duration};

use sqlx::Pool;
use tokio::{sync::broadcast, time::sleep};

use self::write_connection::WriteConnection;
use super::{
    StoreError,
    changes::{Change, Changes},
};

type Db = sqlx::Sqlite;
type Backend = Sqlite;
type Connection = sqlx::SqliteConnection;
type Transaction = write_connection::Transaction;

/// One connection writes at a time anyway, so no row needs a lock of its own.
const FOR_UPDATE: &str = "";
/// `SQLite 3.51.3`
const KIND_AND_VERSION: &str = "SELECT 'SQLite ' || sqlite_version()";

/// The longest time between two looks of another process that waits for the writer (SQLite's busy handler).
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// A store in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    writer: WriteConnection,
    readers: Pool<Db>,
    changes: broadcast::Sender<Change>,
}

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
    async fn begin(&self) -> Result<Transaction, StoreError> {
        let mut transaction = self.writer.lock().await?;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// A transaction that sees one moment.
    async fn snapshot(&self) -> Result<sqlx::Transaction<'static, Db>, StoreError> {
        Ok(self.readers.begin().await?)
    }

    /// Rests for as long as the writer was held. Other processes do not stand in a line: they look whether the writer is
    /// free, more and more rarely, and would hardly find a gap between pieces that follow at once.
    async fn give_way(held: Duration) {
        sleep(held.min(BETWEEN_LOOKS)).await;
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
