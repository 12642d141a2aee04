//! A transaction that writes, with the notices that belong to it.

use std::collections::BTreeSet;

use sqlx::Transaction;

use super::{
    super::{StoreError, changes::Change},
    Connection, Db, Here,
};

/// A transaction that writes. Dropped without [`Writing::commit`], nothing of it ever happened.
pub(super) struct Writing<'a> {
    store: &'a Here,
    transaction: Transaction<'static, Db>,
    changes: BTreeSet<Change>,
}

impl Here {
    /// Begins to write.
    pub(super) async fn write(&self) -> Result<Writing<'_>, StoreError> {
        Ok(Writing { store: self, transaction: self.begin().await?, changes: BTreeSet::new() })
    }
}

impl Writing<'_> {
    /// Where statements go.
    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.transaction
    }

    /// Tells everybody, once, after the commit.
    pub(super) fn announce(&mut self, change: Change) {
        self.changes.insert(change);
    }

    /// Returns when everything is on disk.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        Here::tell_within(&mut self.transaction, &self.changes).await?;
        self.transaction.commit().await?;
        self.store.tell_after(&self.changes);
        Ok(())
    }
}
