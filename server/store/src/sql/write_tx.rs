//! A transaction that writes, with the notices that belong to it.

use std::collections::BTreeSet;

use sqlx::Transaction;

use super::{Backend, Connection, Db};
use crate::{StoreError, changes::Change};

/// A transaction that writes. Dropped without [`WriteTx::commit`], nothing of it ever happened.
pub(super) struct WriteTx<'a> {
    store: &'a Backend,
    transaction: Transaction<'static, Db>,
    changes: BTreeSet<Change>,
}

impl Backend {
    /// Begins to write.
    pub(super) async fn write(&self) -> Result<WriteTx<'_>, StoreError> {
        Ok(WriteTx { store: self, transaction: self.begin().await?, changes: BTreeSet::new() })
    }
}

impl WriteTx<'_> {
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
        Backend::tell_within(&mut self.transaction, &self.changes).await?;
        self.transaction.commit().await?;
        self.store.tell_after(&self.changes);
        Ok(())
    }
}
