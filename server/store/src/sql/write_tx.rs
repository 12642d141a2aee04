//! A transaction that writes, with the notices that belong to it.

use std::collections::BTreeSet;

use tokio::time::Instant;

use super::{Backend, Connection, Transaction};
use crate::{StoreError, audit::Author, changes::Change};

/// A transaction that writes. Dropped without [`WriteTx::commit`], nothing of it ever happened.
pub(super) struct WriteTx<'a> {
    store: &'a Backend,
    transaction: Transaction,
    changes: BTreeSet<Change>,
    author: Author,
    began: Instant,
}

impl Backend {
    /// Begins to write.
    pub(super) async fn write(&self) -> Result<WriteTx<'_>, StoreError> {
        Ok(self.go_on(self.begin().await?, BTreeSet::new()))
    }

    /// Goes on with a transaction that has begun, and what is to be told after it.
    pub(super) fn go_on(&self, transaction: Transaction, changes: BTreeSet<Change>) -> WriteTx<'_> {
        #[expect(clippy::disallowed_methods, reason = "how long the writer is held, not what time it is")]
        let began = Instant::now();
        WriteTx { store: self, transaction, changes, author: Author::PROGRAM, began }
    }
}

impl WriteTx<'_> {
    /// The same, in somebody's name.
    pub(super) fn by(mut self, author: &Author) -> Self {
        self.author = author.clone();
        self
    }

    /// In whose name it writes.
    pub(super) const fn author(&self) -> &Author {
        &self.author
    }

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

    /// As [`WriteTx::commit`], where this was one piece of work that is written in many: whoever waits for the writer
    /// has a turn before the next.
    pub(super) async fn commit_piece(self) -> Result<(), StoreError> {
        let began = self.began;
        self.commit().await?;
        Backend::give_way(began.elapsed()).await;
        Ok(())
    }
}
