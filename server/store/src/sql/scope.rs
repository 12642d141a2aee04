//! What is left of the store for somebody with a scope.

use std::sync::Arc;

use sqlx::Pool;

use super::{Backend, Db, write_tx::WriteTx};
use crate::{
    Caller, LiveView, Scope, StaffStore, StoreError, SystemStore,
    audit::Author,
    changes::{Changes, ScopedChanges, StaffChanges},
};

/// The store as somebody of the staff may see it. What staff read and write is implemented for this
/// type alone, and every statement that touches a venue ends with its scope.
pub(super) struct Scoped {
    pub(super) backend: Arc<Backend>,
    pub(super) scope: Scope,
    pub(super) view: LiveView,
    pub(super) author: Author,
}

impl SystemStore for Backend {
    fn for_staff(self: Arc<Self>, caller: Caller) -> Box<dyn StaffStore> {
        let Caller { scope, view, author } = caller;
        Box::new(Scoped { backend: self, scope, view, author })
    }
}

impl StaffStore for Scoped {}

impl StaffChanges for Scoped {
    fn changes(&self) -> ScopedChanges {
        ScopedChanges::new(self.backend.changes(), self.scope.clone())
    }
}

impl Scoped {
    pub(super) fn reader(&self) -> &Pool<Db> {
        self.backend.reader()
    }

    pub(super) async fn write(&self) -> Result<WriteTx<'_>, StoreError> {
        Ok(self.backend.write().await?.by(&self.author))
    }
}
