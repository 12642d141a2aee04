//! How large the file and its log are.

use async_trait::async_trait;

use super::Sqlite;
use crate::{
    StoreError,
    size::{DataSize, Size},
};

#[async_trait]
impl Size for Sqlite {
    async fn size(&self) -> Result<DataSize, StoreError> {
        const SIZE: &str = "SELECT page_count * page_size, (SELECT file FROM pragma_database_list WHERE name = 'main') \
                            FROM pragma_page_count, pragma_page_size";
        let (bytes, file): (i64, String) = sqlx::query_as(SIZE).fetch_one(self.reader()).await?;
        // No log, no bytes: the last to close the file removes it.
        let wal = tokio::fs::metadata(format!("{file}-wal")).await.map_or(0, |log| log.len());
        let database_bytes = u64::try_from(bytes).unwrap_or(0);
        Ok(DataSize { database_bytes, wal_bytes: Some(wal), free_bytes: free_bytes(&file) })
    }
}

/// What the file system of a file has left for this process.
#[cfg(unix)]
fn free_bytes(file: &str) -> Option<u64> {
    let system = rustix::fs::statvfs(file).ok()?;
    Some(system.f_bavail.saturating_mul(system.f_frsize))
}

/// Nobody tells.
#[cfg(not(unix))]
const fn free_bytes(_file: &str) -> Option<u64> {
    None
}
