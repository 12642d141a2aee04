//! PostgreSQL, for whoever outgrows one machine: several servers on one database.
//!
//! - [`connect`]: connections, migrations, and listening to what other servers changed;
//! - `size`: how large the database and the log are;
//! - `bulk`: what a group of responses asks in one statement and adds in one, as arrays;
//! - `sql`: the statements that both databases share, compiled for this one.

#![expect(clippy::duplicate_mod, reason = "statements are written once and compiled for each database")]

mod bulk;
pub mod connect;
mod size;

#[path = "../sql/mod.rs"]
mod sql;

use std::{collections::BTreeSet, time::Duration};

use sqlx::Pool;
use tokio::{sync::broadcast, task::AbortHandle};

use super::{
    StoreError,
    changes::{Change, Changes},
};

type Db = sqlx::Postgres;
type Backend = Postgres;
type Connection = sqlx::PgConnection;
type Transaction = sqlx::Transaction<'static, Db>;

/// Another server must not change the row before this one has.
const FOR_UPDATE: &str = " FOR UPDATE";
/// `PostgreSQL 15.9`
const KIND_AND_VERSION: &str = "SELECT 'PostgreSQL ' || current_setting('server_version')";

/// Where notices are told and heard.
const CHANNEL: &str = "aplodi";

/// A store in a PostgreSQL database.
#[derive(Debug)]
pub struct Postgres {
    pool: Pool<Db>,
    changes: broadcast::Sender<Change>,
    /// hears what every server told, this one included
    listener: AbortHandle,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Changes for Postgres {
    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

impl Postgres {
    fn reader(&self) -> &Pool<Db> {
        &self.pool
    }

    /// A transaction that may write. READ COMMITTED: every statement sees what others have committed,
    /// and what two servers could do to one row is settled by the row.
    async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(self.pool.begin().await?)
    }

    /// A transaction that sees one moment.
    async fn snapshot(&self) -> Result<Transaction, StoreError> {
        Ok(self.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
    }

    /// Nobody waits for a writer here, but for rows.
    #[expect(clippy::unused_async, reason = "SQLite rests")]
    async fn give_way(_: Duration) {}

    /// Waits until nobody else who asked with this key is writing, and lets none begin before the end
    /// of the transaction. Two keys may share a lock: one of them waits for nothing then.
    async fn stop_others_with(connection: &mut Connection, key: &str) -> Result<(), StoreError> {
        sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind(key).execute(connection).await?;
        Ok(())
    }

    /// PostgreSQL keeps notices until the commit, and tells them only if there is one.
    async fn tell_within(connection: &mut Connection, changes: &BTreeSet<Change>) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let notices: Vec<String> = changes.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        sqlx::query("SELECT pg_notify($1, notice) FROM unnest($2::text[]) AS notice")
            .bind(CHANNEL)
            .bind(notices)
            .execute(connection)
            .await?;
        Ok(())
    }

    #[expect(clippy::unused_self, reason = "SQLite tells now")]
    fn tell_after(&self, _: &BTreeSet<Change>) {}
}
