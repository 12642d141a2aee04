//! The one connection that writes, and the transactions on it.
//!
//! SQLite has one writer, and waiting here is fairer than waiting there. It is neither sqlx's pool
//! nor its `Transaction`, because everything that sqlx asks of SQLite is a trip to SQLite's thread
//! and back: a BEGIN, a COMMIT, and two pings whenever a connection returns to its pool. Here BEGIN
//! may travel with the first question of a transaction, and COMMIT with the last rows of it.

use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{ConnectOptions, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard},
    time::timeout,
};

/// The way to the connection that writes. Clones lead to the same.
#[derive(Clone, Debug)]
pub(super) struct WriteConnection(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: SqliteConnectOptions,
    /// how long a transaction waits for the one before it
    patience: Duration,
    /// `None` after trouble: the next transaction connects anew
    connection: Arc<Mutex<Option<SqliteConnection>>>,
    /// a transaction was given up and must be rolled back before anything else
    is_unfinished: AtomicBool,
    is_closed: AtomicBool,
}

impl WriteConnection {
    /// With a connection that is open already, and what is needed to open another one like it.
    pub(super) fn new(connection: SqliteConnection, options: SqliteConnectOptions, patience: Duration) -> Self {
        Self(Arc::new(Shared {
            options,
            patience,
            connection: Arc::new(Mutex::new(Some(connection))),
            is_unfinished: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
        }))
    }

    /// A transaction that has not begun: its first statement must be `BEGIN IMMEDIATE`.
    pub(super) async fn lock(&self) -> sqlx::Result<Transaction> {
        let waiting = Arc::clone(&self.0.connection).lock_owned();
        let mut slot = timeout(self.0.patience, waiting).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        if self.0.is_closed.load(Ordering::Acquire) {
            return Err(sqlx::Error::PoolClosed);
        }
        self.tidy(&mut slot).await;
        if slot.is_none() {
            *slot = Some(self.0.options.connect().await?);
        }
        let connection = OwnedMutexGuard::try_map(slot, Option::as_mut).map_err(|_| sqlx::Error::WorkerCrashed)?;
        Ok(Transaction { connection, of: self.clone(), is_done: false })
    }

    /// Ends the transaction that was given up last, if it was. Where even that fails, because SQLite
    /// has ended it by itself when the disk failed, nothing is known of the connection: it is closed.
    async fn tidy(&self, slot: &mut Option<SqliteConnection>) {
        if self.0.is_unfinished.swap(false, Ordering::AcqRel)
            && let Some(connection) = slot
            && sqlx::query("ROLLBACK").execute(connection).await.is_err()
        {
            *slot = None;
        }
    }

    /// Closes the file, after whoever is writing.
    pub(super) async fn close(&self) {
        let mut slot = self.0.connection.lock().await;
        self.0.is_closed.store(true, Ordering::Release);
        self.tidy(&mut slot).await;
        if let Some(connection) = slot.take() {
            // There is nobody left to whom trouble could matter.
            let _ = connection.close().await;
        }
    }
}

/// The connection, for one transaction. Dropped before [`Transaction::finish`], it is rolled back.
pub(super) struct Transaction {
    connection: OwnedMappedMutexGuard<Option<SqliteConnection>, SqliteConnection>,
    of: WriteConnection,
    is_done: bool,
}

impl Transaction {
    /// Returns when everything is on disk.
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        sqlx::query("COMMIT").execute(&mut *self.connection).await?;
        self.finish();
        Ok(())
    }

    /// To be called after a COMMIT that travelled with other statements.
    pub(super) fn finish(mut self) {
        self.is_done = true;
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.is_done {
            return;
        }
        self.of.0.is_unfinished.store(true, Ordering::Release);
        // Now, and not when somebody wants to write again: other processes wait for the lock.
        if let Ok(runtime) = Handle::try_current() {
            let of = self.of.clone();
            runtime.spawn(async move {
                let mut slot = of.0.connection.lock().await;
                of.tidy(&mut slot).await;
            });
        }
    }
}

impl Deref for Transaction {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn open(file: &std::path::Path) -> WriteConnection {
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
        let mut connection = options.connect().await.unwrap();
        sqlx::query("CREATE TABLE IF NOT EXISTS t (n INTEGER)").execute(&mut connection).await.unwrap();
        WriteConnection::new(connection, options, Duration::from_secs(30))
    }

    async fn add(transaction: &mut Transaction) {
        sqlx::query("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)").execute(&mut **transaction).await.unwrap();
    }

    async fn rows(transaction: &mut Transaction) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM t").fetch_one(&mut **transaction).await.unwrap()
    }

    #[tokio::test]
    async fn what_is_given_up_never_happened_and_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data.db");
        let writer = open(&file).await;
        let mut given_up = writer.lock().await.unwrap();
        add(&mut given_up).await;
        drop(given_up);
        // Nobody else asks this writer; another process has the file to itself all the same.
        let mut other = open(&file).await.lock().await.unwrap();
        add(&mut other).await;
        other.commit().await.unwrap();
        assert_eq!(rows(&mut writer.lock().await.unwrap()).await, 1);
    }

    #[tokio::test]
    async fn a_transaction_that_sqlite_has_ended_by_itself_spoils_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let writer = open(&folder.path().join("data.db")).await;
        let mut broken = writer.lock().await.unwrap();
        add(&mut broken).await;
        sqlx::query("ROLLBACK").execute(&mut *broken).await.unwrap();
        broken.commit().await.unwrap_err();
        let mut next = writer.lock().await.unwrap();
        add(&mut next).await;
        next.commit().await.unwrap();
        assert_eq!(rows(&mut writer.lock().await.unwrap()).await, 1);
    }

    #[tokio::test]
    async fn nobody_writes_to_what_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let writer = open(&folder.path().join("data.db")).await;
        writer.close().await;
        assert!(matches!(writer.lock().await.err(), Some(sqlx::Error::PoolClosed)));
    }
}
