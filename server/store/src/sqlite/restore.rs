//! Putting a backup in the place of the data.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::NamedTempFile;

use super::{
    Sqlite,
    connect::{AfterCrash, ConnectError},
    copy::{CopyError, LOGS, Unfinished, count, folder, prove, sync_folder},
    wal_recovery::beside,
};
use crate::{StoreError, organisation::Organisation};

/// Why a backup was not restored. Nothing has changed then, unless it says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Data is never replaced by accident.
    #[error("there is data at {0} already; --force moves it aside")]
    Taken(PathBuf),
    /// Data in use cannot be replaced.
    #[error("{0} is in use: stop the server first")]
    InUse(PathBuf),
    /// A file of data, and not a backup of it.
    #[error("{0} has a log beside it, so it is no backup: make one with `aplodi backup`")]
    HasLog(PathBuf),
    /// A folder, a device or a pipe: some of them never end, and would fill the disk.
    #[error("{0} is no file")]
    NoFile(PathBuf),
    /// A file that has nothing to do with Aplodi, or is damaged.
    #[error("{0} is no sound backup")]
    NotSound(PathBuf, #[source] CopyError),
    /// The backup cannot be read, or the data not be written.
    #[error("{0} cannot be read or written")]
    Files(PathBuf, #[source] io::Error),
    /// The address names no file.
    #[error("the database cannot be opened")]
    Database(#[from] sqlx::Error),
    /// The backup is from a newer program, above all.
    #[error("the backup cannot be brought up to date")]
    Connect(#[from] ConnectError),
    /// The epoch.
    #[error("the backup cannot be given a new epoch")]
    Store(#[from] StoreError),
    /// The backup lies where it belongs, and does not read as it should.
    #[error("{place} does not hold what the backup holds ({expected} responses): do not start the server with it")]
    NotAsExpected {
        /// where the data is
        place: PathBuf,
        /// how many responses the backup holds
        expected: i64,
        /// what went wrong; nothing where the number is another one
        #[source]
        source: Option<sqlx::Error>,
    },
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// where the data is
    pub place: PathBuf,
    /// how many it holds
    pub responses: i64,
    /// what was there before: the data, or where it was missing the log it had left
    pub aside: Option<PathBuf>,
    /// what earlier backups and restores had left half made, which is gone now
    pub cleaned: Vec<PathBuf>,
}

/// Puts a backup where an address says, brought up to date and with a new epoch. Whenever it is
/// interrupted, there is either what was there before or all of the backup.
///
/// # Errors
/// Where the backup is not sound, the place is taken and `force` is not given, or the data is in use.
pub async fn restore(from: &Path, url: &str, epoch: &str, force: bool) -> Result<Restored, RestoreError> {
    let named = SqliteConnectOptions::from_str(url)?.get_filename().to_owned();
    // Where the name is a link, SQLite's file and its log are where it leads; so the link stays, and is no data.
    let place = if named.is_symlink() { named.canonicalize().unwrap_or(named) } else { named };
    if beside(from, "-wal").metadata().is_ok_and(|log| log.len() > 0) {
        return Err(RestoreError::HasLog(from.to_owned()));
    }
    if place.exists() && !force {
        return Err(RestoreError::Taken(place));
    }
    if from.metadata().is_ok_and(|from| !from.is_file()) {
        return Err(RestoreError::NoFile(from.to_owned()));
    }
    let failed = |error| RestoreError::Files(place.clone(), error);
    let mut backup = fs::File::open(from).map_err(|error| RestoreError::Files(from.to_owned(), error))?;
    fs::create_dir_all(folder(&place)).map_err(failed)?;

    let Unfinished { mut part, cleaned } = Unfinished::begin(folder(&place)).map_err(failed)?;
    io::copy(&mut backup, &mut part).map_err(failed)?;
    let responses = prove(part.path()).await.map_err(|error| RestoreError::NotSound(from.to_owned(), error))?;
    let renewed = renew(part.path(), epoch).await;
    for ending in ["-wal", "-shm"] {
        // Gone already, unless something went wrong.
        let _ = fs::remove_file(beside(part.path(), ending));
    }
    renewed?;
    own_like(&part, &place).map_err(failed)?;
    part.as_file().sync_all().map_err(failed)?;

    let held = if place.exists() && !is_damaged(&place).await { hold(&place).await? } else { None };
    let aside = move_aside(&place).map_err(failed)?;
    part.persist(&place).map_err(|error| failed(error.error))?;
    sync_folder(folder(&place)).map_err(failed)?;
    drop(held);
    // As the server will open it: with whatever SQLite takes for its log.
    match count(SqliteConnectOptions::new().filename(&place)).await {
        Ok(found) if found == responses => Ok(Restored { place, responses, aside, cleaned }),
        found => Err(RestoreError::NotAsExpected { place, expected: responses, source: found.err() }),
    }
}

/// SQLite's codes for a file that is damaged, and for one that is no database.
const DAMAGED: [u32; 2] = [11, 26];

/// Whether the data is so damaged that nobody can be using it. Looks without the right to write: with it
/// SQLite would throw away a log that it cannot read, and with the log what somebody might still repair.
async fn is_damaged(place: &Path) -> bool {
    let options = SqliteConnectOptions::new().filename(place).read_only(true);
    let looked = async {
        let mut data = SqliteConnection::connect_with(&options).await?;
        sqlx::query("SELECT count(*) FROM sqlite_schema").execute(&mut data).await?;
        data.close().await
    };
    // Whatever else is wrong stands in the way of holding it as well, and is told there.
    looked.await.is_err_and(|error| code(&error).is_some_and(|code| DAMAGED.contains(&code)))
}

/// Takes the data away from everybody else until dropped. `None` where it is so damaged that nobody
/// can be using it.
async fn hold(place: &Path) -> Result<Option<SqliteConnection>, RestoreError> {
    let options = SqliteConnectOptions::new().filename(place).busy_timeout(Duration::ZERO);
    let held = async {
        let mut data = SqliteConnection::connect_with(&options).await?;
        // Refused while anybody else has the file open; and what is in the log goes into the file.
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut data).await?;
        sqlx::query("BEGIN EXCLUSIVE").execute(&mut data).await?;
        Ok::<_, sqlx::Error>((mode != "wal").then_some(data))
    };
    match held.await {
        Ok(Some(data)) => Ok(Some(data)),
        Ok(None) => Err(RestoreError::InUse(place.to_owned())),
        Err(error) => match code(&error) {
            Some(code) if DAMAGED.contains(&code) => Ok(None),
            Some(5) => Err(RestoreError::InUse(place.to_owned())),
            _ => Err(error.into()),
        },
    }
}

/// SQLite's primary code: <https://sqlite.org/rescode.html>.
fn code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// Brings its tables up to date and begins a new epoch.
async fn renew(file: &Path, epoch: &str) -> Result<(), RestoreError> {
    let data = Sqlite::open(SqliteConnectOptions::new().filename(file), AfterCrash::Leave).await?;
    let begun = data.begin_epoch(epoch).await;
    data.close().await;
    Ok(begun?)
}

/// The server must be able to open what an administrator has restored: it belongs to whom the old
/// data belonged, or the folder. Nobody else reads it, whoever may read the old data.
fn own_like(part: &NamedTempFile, place: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let like = place.metadata().or_else(|_| folder(place).metadata())?;
        let is = part.as_file().metadata()?;
        if (like.uid(), like.gid()) != (is.uid(), is.gid()) {
            fchown(part.as_file(), Some(like.uid()), Some(like.gid()))?;
        }
    }
    Ok(())
}

/// Gives the data another name, so that nothing is lost if the backup was the wrong one. It keeps
/// its own until the backup takes it. What it left beside itself goes along, also where the data
/// itself is missing. `None` where there was nothing.
fn move_aside(place: &Path) -> io::Result<Option<PathBuf>> {
    let has_data = place.exists();
    let logs: Vec<&str> = LOGS.into_iter().filter(|ending| beside(place, ending).exists()).collect();
    if !has_data && logs.is_empty() {
        return Ok(None);
    }
    let names = (1..).map(|nth| if nth == 1 { ".before-restore".into() } else { format!(".before-restore-{nth}") });
    let is_taken = |aside: &PathBuf| aside.exists() || LOGS.into_iter().any(|ending| beside(aside, ending).exists());
    let mut aside = names.map(|name| beside(place, &name)).skip_while(is_taken);
    let Some(aside) = aside.next() else { return Err(ErrorKind::AlreadyExists.into()) };
    for ending in logs {
        // Beside data it is made anew from the log, and looking at the data has just made one.
        if has_data && ending == "-shm" {
            fs::remove_file(beside(place, ending))?;
        } else {
            fs::rename(beside(place, ending), beside(&aside, ending))?;
        }
    }
    // Not every file system has a second name for a file; then there is a moment without data.
    if has_data {
        fs::hard_link(place, &aside).or_else(|_| fs::rename(place, &aside))?;
        return Ok(Some(aside));
    }
    Ok(LOGS.into_iter().map(|ending| beside(&aside, ending)).find(|log| log.exists()))
}
