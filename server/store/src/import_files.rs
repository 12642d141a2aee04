//! Files that staff look at before they take them, and what was said about their columns.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};

use super::StoreError;

/// A file that somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFile {
    /// as its owner calls it
    pub name: String,
    /// what is in it
    pub bytes: Vec<u8>,
}

/// What staff keep between looking at a file and taking it.
#[async_trait]
pub trait StaffImportFiles {
    /// Keeps a file for somebody, instead of the one before; whatever anybody kept before `before` is forgotten.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn keep_import_file(
        &self,
        owner: UserId,
        file: &ImportFile,
        at: Millis,
        before: Millis,
    ) -> Result<(), StoreError>;

    /// The file that somebody keeps.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn import_file(&self, owner: UserId) -> Result<Option<ImportFile>, StoreError>;

    /// Forgets the file that somebody keeps.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn forget_import_file(&self, owner: UserId) -> Result<(), StoreError>;

    /// What columns hold that somebody has said by hand: heads as they are compared, and the words of fields.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn column_mappings(&self) -> Result<Vec<(String, String)>, StoreError>;

    /// Remembers what columns hold, instead of what was said of them before.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn remember_columns(&self, mappings: &[(String, String)]) -> Result<(), StoreError>;
}
