//! Making sure of what a crash has left.
//!
//! A server that was killed between writing to the log and syncing it leaves commits there that
//! nobody was told of, in the system's memory but perhaps not on the disk. The next one finds them
//! and would call them "duplicate" when they come again: a promise that only a sync can make. After a
//! sync that has failed, not even the next sync makes it, since Linux counts what it could not
//! write as written (Rebello and others, "Can Applications Recover from fsync Failures?", USENIX ATC
//! 2020). So the log is written once more, byte for byte, and synced, before anybody is answered.

use std::{
    fs::OpenOptions,
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use sqlx::Connection as _;

use super::Connection;

/// How much is read and written at a time.
const BLOCK: usize = 1 << 16;

/// Makes everything in the log durable.
pub(super) async fn recover(writer: &mut Connection, file: &Path) -> sqlx::Result<()> {
    let log = beside(file, "-wal");
    // Nobody appends to the log while we have this lock; a checkpoint only reads it.
    let lock = writer.begin_with("BEGIN IMMEDIATE").await?;
    let rewritten = tokio::task::spawn_blocking(move || rewrite(&log)).await;
    lock.rollback().await?;
    rewritten.map_err(|_| sqlx::Error::WorkerCrashed)?.map_err(sqlx::Error::Io)
}

/// Writes a file over itself and syncs it. A file that is not there holds nothing to lose.
fn rewrite(file: &Path) -> io::Result<()> {
    let mut file = match OpenOptions::new().read(true).write(true).open(file) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut block = vec![0; BLOCK];
    let mut at = 0;
    loop {
        file.seek(SeekFrom::Start(at))?;
        let read = match file.read(&mut block) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&block[..read])?;
        at += read as u64;
    }
    if at > 0 { file.sync_all() } else { Ok(()) }
}

/// The file of that name beside another.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_over_itself() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log");
        rewrite(&file).unwrap();
        assert!(!file.exists(), "what is not there is not made");
        let text: Vec<u8> = (0..BLOCK * 2 + 7).map(|nth| u8::try_from(nth % 251).unwrap()).collect();
        std::fs::write(&file, &text).unwrap();
        rewrite(&file).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), text);
    }
}
