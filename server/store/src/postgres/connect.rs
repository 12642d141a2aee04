//! Connections, migrations, and listening to what other servers changed.

use std::{str::FromStr, sync::Arc, time::Duration};

use log::LevelFilter;
use sqlx::{
    ConnectOptions, Connection as _,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::sync::{Mutex, broadcast};

use super::{CHANNEL, Postgres};
use crate::{begin_again::begin_again, chain, changes::Change};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a request waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(10);
/// Connections of one server; PostgreSQL allows 100 in all unless told otherwise.
const CONNECTIONS: u32 = 12;
/// A connection that has rested for longer may be broken, and is asked before it is used.
const REST: Duration = Duration::from_secs(2);
/// Notices that a slow listener may fall behind before it must read everything again.
const NOTICES: usize = 1_024;
/// How long to wait before listening again after the connection broke.
const PAUSE: Duration = Duration::from_secs(1);

/// Why a PostgreSQL database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The server does not answer, or does not let us in.
    #[error("the database cannot be reached")]
    Database(#[from] sqlx::Error),
    /// The tables cannot be brought up to date.
    #[error("the tables cannot be brought up to date")]
    Migration(#[from] MigrateError),
}

impl Postgres {
    /// Connects with the database that a `postgres:` address names, brings its tables up to date and
    /// listens for changes until dropped.
    ///
    /// # Errors
    /// Where the database cannot be reached or used.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("aplodi")
            // Whatever the server's default is: an acknowledged answer is on disk.
            .options([("synchronous_commit", "on")])
            // Each statement, for who asks for `sqlx::query=trace`: never what is bound to it.
            .log_statements(LevelFilter::Trace)
            .log_slow_statements(LevelFilter::Off, Duration::MAX);
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            // Each time it would be a trip to the database and back before the statement's own.
            .test_before_acquire(false)
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for > REST {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options)
            .await?;
        MIGRATIONS.run(&pool).await?;
        let (changes, _) = broadcast::channel(NOTICES);
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        let (listener, told) = (Arc::new(Mutex::new(listener)), changes.clone());
        let listen = begin_again(move |again| {
            let (listener, told) = (Arc::clone(&listener), told.clone());
            async move {
                if again {
                    // What was told in between is lost. Nobody listening is no error.
                    let _ = told.send(Change::Unknown);
                }
                listen(&mut *listener.lock().await, told).await;
            }
        });
        let listener = tokio::spawn(listen).abort_handle();
        Ok(Self { pool, changes, listener })
    }
}

/// Hands on what is told, for as long as the store lives.
async fn listen(listener: &mut PgListener, changes: broadcast::Sender<Change>) {
    loop {
        let change = match listener.try_recv().await {
            // A newer server may know changes that this one does not.
            Ok(Some(notice)) => serde_json::from_str(notice.payload()).unwrap_or(Change::Unknown),
            // The connection broke and is there again: what was told in between is lost.
            Ok(None) => Change::Unknown,
            Err(error) => {
                tracing::warn!(error = chain(&error), "cannot hear what other servers change");
                tokio::time::sleep(PAUSE).await;
                Change::Unknown
            }
        };
        // Nobody listening is no error.
        let _ = changes.send(change);
    }
}
