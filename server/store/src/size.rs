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
