//! Copying the file while it is in use. Copied by any other means, it would lack what is still in
//! the log, or be torn.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    str::FromStr,
};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::NamedTempFile;

use super::connect::BUSY;

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

/// A copy, proved sound and synced to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// how many it holds
    pub responses: i64,
    /// how large it is
    pub bytes: u64,
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
    // Readable by its owner alone, and gone again unless everything went well.
    let part = NamedTempFile::new_in(folder).map_err(failed)?;
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
    Ok(Copied { responses, bytes })
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
    let responses = sqlx::query_scalar("SELECT count(*) FROM responses").fetch_one(&mut copy).await?;
    copy.close().await?;
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
