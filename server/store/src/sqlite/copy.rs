//! Copying the file while it is in use. Copied by any other means, it would lack what is still in
//! the log, or be torn.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    str::FromStr,
};

use domain::time::Millis;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::NamedTempFile;

use super::{connect::BUSY, wal_recovery::beside};

/// Why there is no backup now.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// A backup never overwrites anything.
    #[error("{0} is there already")]
    Taken(PathBuf),
    /// There is nothing to copy.
    #[error("there is no data at {0}")]
    NoData(PathBuf),
    /// The copy cannot be written.
    #[error("{0} cannot be written")]
    Write(PathBuf, #[source] io::Error),
    /// The data cannot be read, or the copy not be written.
    #[error("the data cannot be copied")]
    Copy(#[from] sqlx::Error),
    /// What was copied is no good.
    #[error("the copy is damaged, and probably the data is too: {0}")]
    Damaged(String),
}

/// Notes in the data that a backup of it was made, so that staff see how old the newest one is. False where the data is of
/// a version that has no place for it: it is not brought up to date for that.
///
/// # Errors
/// Where it cannot be written.
pub async fn note_backup(url: &str, at: Millis) -> Result<bool, CopyError> {
    let mut data = SqliteConnection::connect_with(&SqliteConnectOptions::from_str(url)?.busy_timeout(BUSY)).await?;
    let has_place = sqlx::query("SELECT 1 FROM sqlite_schema WHERE name = 'installation'");
    let has_place = has_place.fetch_optional(&mut data).await?.is_some();
    if has_place {
        sqlx::query(
            "INSERT INTO installation (one, backed_up_at) VALUES (1, $1) ON CONFLICT (one) DO UPDATE
             SET backed_up_at = excluded.backed_up_at",
        )
        .bind(at)
        .execute(&mut data)
        .await?;
    }
    data.close().await?;
    Ok(has_place)
}

/// A copy, proved sound and synced to the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// how many it holds
    pub responses: i64,
    /// how large it is
    pub bytes: u64,
    /// what earlier ones had left half made, which is gone now
    pub cleaned: Vec<PathBuf>,
}

/// Copies the data at an address into a new file: everything that was committed at one moment.
/// Tables are left as they are, also where this program is newer than the one that serves.
///
/// # Errors
/// Where the file is there already, or the copy cannot be made or is not sound. Then there is none.
pub async fn back_up(url: &str, to: &Path) -> Result<Copied, CopyError> {
    let options = SqliteConnectOptions::from_str(url)?.busy_timeout(BUSY);
    if !options.get_filename().exists() {
        return Err(CopyError::NoData(options.get_filename().to_owned()));
    }
    if to.exists() {
        return Err(CopyError::Taken(to.to_owned()));
    }
    let failed = |error| CopyError::Write(to.to_owned(), error);
    let folder = folder(to);
    let Unfinished { part, cleaned } = Unfinished::begin(folder).map_err(failed)?;
    let mut data = SqliteConnection::connect_with(&options).await?;
    sqlx::query("VACUUM INTO $1").bind(part.path().to_string_lossy()).execute(&mut data).await?;
    data.close().await?;
    let responses = prove(part.path()).await?;
    // SQLite does not sync what it vacuums into.
    part.as_file().sync_all().map_err(failed)?;
    let bytes = part.as_file().metadata().map_err(failed)?.len();
    part.persist_noclobber(to).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => CopyError::Taken(to.to_owned()),
        _ => failed(error.error),
    })?;
    sync_folder(folder).map_err(failed)?;
    Ok(Copied { responses, bytes, cleaned })
}

/// A file that is not yet what it will be: readable by its owner alone, and gone again unless everything went well.
pub(super) struct Unfinished {
    pub(super) part: NamedTempFile,
    /// what those before it had left, where they were killed
    pub(super) cleaned: Vec<PathBuf>,
}

/// What SQLite keeps beside its file, and would play back over any other of that name.
pub(super) const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// How the names of such files begin and end, so that the next one knows what may go.
const UNFINISHED: (&str, &str) = (".aplodi-", ".part");

impl Unfinished {
    /// Begins one in a folder, and removes what nobody works at any more.
    pub(super) fn begin(folder: &Path) -> io::Result<Self> {
        let cleaned = clean(folder)?;
        let part = tempfile::Builder::new().prefix(UNFINISHED.0).suffix(UNFINISHED.1).tempfile_in(folder)?;
        // The lock goes with the process, however that ends. Where files have none, nothing is taken for left behind.
        #[cfg(unix)]
        let _ = part.as_file().lock();
        Ok(Self { part, cleaned })
    }
}

#[cfg(unix)]
fn clean(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut cleaned = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if !(name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1)) {
            continue;
        }
        // Somebody else's stay, and those at which somebody works.
        if File::open(&file).is_ok_and(|file| file.try_lock().is_ok()) && std::fs::remove_file(&file).is_ok() {
            for ending in LOGS {
                // Most have none.
                let _ = std::fs::remove_file(beside(&file, ending));
            }
            cleaned.push(file);
        }
    }
    cleaned.sort();
    Ok(cleaned)
}

/// A lock would keep SQLite from the file as well.
#[cfg(not(unix))]
fn clean(_: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(Vec::new())
}

/// Each finds the first thing that is wrong.
const CHECKS: [&str; 2] = [
    "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    "SELECT 'a row of ' || \"table\" || ' points nowhere' FROM pragma_foreign_key_check",
];

/// Reads a file that nobody writes from its beginning to its end, and counts its responses.
pub(super) async fn prove(file: &Path) -> Result<i64, CopyError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let mut copy = SqliteConnection::connect_with(&options).await?;
    for check in CHECKS {
        let wrong: Option<String> = sqlx::query_scalar(check).fetch_optional(&mut copy).await?;
        if let Some(wrong) = wrong {
            return Err(CopyError::Damaged(wrong));
        }
    }
    copy.close().await?;
    Ok(count(options).await?)
}

/// How many responses there are, by a connection of its own.
pub(super) async fn count(options: SqliteConnectOptions) -> sqlx::Result<i64> {
    let mut data = SqliteConnection::connect_with(&options).await?;
    let responses = sqlx::query_scalar("SELECT count(*) FROM responses").fetch_one(&mut data).await?;
    data.close().await?;
    Ok(responses)
}

/// The folder that a file is in.
pub(super) fn folder(of: &Path) -> &Path {
    of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes names durable: a file is not safe before its name is.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder is no file, and names are durable by themselves.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
