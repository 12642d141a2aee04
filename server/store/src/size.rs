//! How large the data is, for whoever watches over a server.

use async_trait::async_trait;

use super::StoreError;

/// Sizes on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataSize {
    /// the database, in bytes
    pub database_bytes: u64,
    /// what has been written ahead and not yet been worked in, in bytes; `None` where the database does
    /// not tell it to this user
    pub wal_bytes: Option<u64>,
    /// what is left where the database is, in bytes; `None` where it is on another machine, or nobody tells
    pub free_bytes: Option<u64>,
}

/// So much has to be left, at least, and ...
const LEAST_FREE: u64 = 500_000_000;
/// ... this part of what is there: a backup and the log need room as well.
const PART_FREE: u64 = 10;

impl DataSize {
    /// What is left, where that is so little that somebody has to make room before answers find none.
    #[must_use]
    pub fn too_little_free(&self) -> Option<u64> {
        self.free_bytes.filter(|free| *free < LEAST_FREE.max(self.database_bytes / PART_FREE))
    }
}

/// How large the data is.
#[async_trait]
pub trait Size {
    /// The sizes now. Costs a moment, however much there is.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn size(&self) -> Result<DataSize, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_told_of_before_it_is_full() {
        let size = |database_bytes, free_bytes| DataSize { database_bytes, wal_bytes: None, free_bytes };
        assert_eq!(size(1_000, Some(500_000_000)).too_little_free(), None);
        assert_eq!(size(1_000, Some(499_999_999)).too_little_free(), Some(499_999_999));
        assert_eq!(size(20_000_000_000, Some(1_999_999_999)).too_little_free(), Some(1_999_999_999));
        assert_eq!(size(20_000_000_000, None).too_little_free(), None);
    }
}
