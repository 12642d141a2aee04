//! Opening the file, with everything that makes a commit durable.

use std::{str::FromStr, time::Duration};

use log::LevelFilter;
use sqlx::{
    ConnectOptions, Connection as _,
    migrate::{MigrateError, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::broadcast;

use super::{Connection, Sqlite, private, wal_recovery::recover, write_connection::WriteConnection};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// The first SQLite that does not corrupt a database when a checkpoint and a writer meet while the
/// write-ahead log starts anew (sqlite.org/wal.html, "The WAL-Reset Bug": 3.7.0 to 3.51.2).
const SOUND: Version = Version(3, 51, 3);

/// How long a statement waits for another process, such as a backup, before it is busy.
pub(super) const BUSY: Duration = Duration::from_secs(5);
/// How long a request waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(10);
/// As many as can read at once on a small machine; each keeps its own pages in memory.
const READERS: u32 = 4;
/// Notices that a slow listener may fall behind before it must read everything again.
const NOTICES: usize = 1_024;

/// Why a SQLite file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Only a file outlives the program.
    #[error("answers must outlive the program: give a file, such as sqlite://data/aplodi.db, not memory")]
    InMemory,
    /// The folder of the file cannot be made.
    #[error("the folder {0} cannot be created")]
    Folder(std::path::PathBuf, #[source] std::io::Error),
    /// The file cannot be made.
    #[error("the file {0} cannot be created")]
    File(std::path::PathBuf, #[source] std::io::Error),
    /// This SQLite may destroy the data.
    #[error(
        "SQLite {found} can corrupt a database in WAL mode (sqlite.org/wal.html, the WAL-reset bug); \
         it takes {} or later",
        SOUND
    )]
    Unsound {
        /// what the program was built with
        found: String,
    },
    /// The file cannot be opened, or is no database.
    #[error("the database cannot be opened")]
    Database(#[from] sqlx::Error),
    /// What a crash left behind cannot be made sure of.
    #[error("the database's log cannot be read or synced")]
    Log(#[source] sqlx::Error),
    /// The tables cannot be brought up to date.
    #[error("the tables cannot be brought up to date")]
    Migration(#[from] MigrateError),
}

/// What is done about what a crash may have left in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterCrash {
    /// It is written once more and synced: nobody is told "duplicate" about what is not durable. That takes as long as
    /// the log is large, and holds every writer up, so that it is for the server that starts.
    MakeSure,
    /// Nothing: a command beside a server, or on data that no server has.
    Leave,
}

impl Sqlite {
    /// Opens the file that a `sqlite:` address names, creates it where it is missing, and brings its
    /// tables up to date.
    ///
    /// # Errors
    /// Where the file cannot be used, or this SQLite must not be trusted with it.
    pub async fn connect(url: &str, after_crash: AfterCrash) -> Result<Self, ConnectError> {
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(ConnectError::InMemory);
        }
        Self::open(SqliteConnectOptions::from_str(url)?, after_crash).await
    }

    /// [`Sqlite::connect`], for who knows the file by its path.
    pub(super) async fn open(file: SqliteConnectOptions, after_crash: AfterCrash) -> Result<Self, ConnectError> {
        let options = file
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous())
            .busy_timeout(BUSY)
            .foreign_keys(true)
            // Rows that SQLite's thread may be ahead of whoever reads them, a recount above all.
            .row_buffer_size(1_000)
            // Each statement, for who asks for `sqlx::query=trace`: never what is bound to it.
            .log_statements(LevelFilter::Trace)
            .log_slow_statements(LevelFilter::Off, Duration::MAX);
        if let Some(folder) = options.get_filename().parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| ConnectError::Folder(folder.to_owned(), error))?;
        }
        private::create(options.get_filename())
            .map_err(|error| ConnectError::File(options.get_filename().to_owned(), error))?;
        // Negative: KiB. 4,000 pages are 16 MiB of log before a checkpoint copies them back.
        let writing = options.clone().pragma("cache_size", "-8192").pragma("wal_autocheckpoint", "4000");
        let mut writer = writing.connect().await?;
        check_version(&mut writer).await?;
        if after_crash == AfterCrash::MakeSure {
            recover(&mut writer, options.get_filename()).await.map_err(ConnectError::Log)?;
            private::warn_where_open(options.get_filename());
        }
        MIGRATIONS.run(&mut writer).await?;
        let writer = WriteConnection::new(writer, writing, ACQUIRE);
        let readers = pool().connect_with(options.pragma("cache_size", "-4096").pragma("query_only", "ON")).await?;
        let (changes, _) = broadcast::channel(NOTICES);
        Ok(Self { writer, readers, changes })
    }
}

/// FULL syncs the log at every commit: an acknowledged answer survives a power cut.
#[cfg(not(debug_assertions))]
const fn synchronous() -> SqliteSynchronous {
    SqliteSynchronous::Full
}

/// FULL as well, unless the tests want to see what is lost without it: a power cut that loses
/// nothing even then would prove nothing (`tests/crash/power.rs`).
#[cfg(debug_assertions)]
fn synchronous() -> SqliteSynchronous {
    if std::env::var_os("APLODI_TEST_UNSYNCED").is_some() { SqliteSynchronous::Normal } else { SqliteSynchronous::Full }
}

fn pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE)
        // A connection to a file neither ages nor breaks: no reason to close it, nor to ask it first.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // Where the disk fails, SQLite rolls a transaction back by itself, and sqlx goes on thinking
        // that it is in the middle of it: every later transaction would fail. Such a connection is
        // closed, and the next one is new. The ping waits until a rollback under way has ended.
        .after_release(|connection, _| {
            Box::pin(async move {
                if connection.is_in_transaction() {
                    connection.ping().await?;
                }
                Ok(!connection.is_in_transaction())
            })
        })
}

async fn check_version(connection: &mut Connection) -> Result<(), ConnectError> {
    let found: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    if Version::read(&found).is_some_and(|version| version >= SOUND) {
        Ok(())
    } else {
        Err(ConnectError::Unsound { found })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32, u32);

impl Version {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        Some(Self(parts.next()??, parts.next()??, parts.next()??))
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(Version::read("3.51.3").unwrap() >= SOUND);
        assert!(Version::read("3.100.0").unwrap() >= SOUND);
        assert!(Version::read("3.51.2").unwrap() < SOUND);
        assert!(Version::read("3.46.0").unwrap() < SOUND);
        assert_eq!(Version::read("three"), None);
    }
}
