//! Says in the log when the disk runs full, while there is still time. Each server looks after its own disk.

use std::sync::atomic::{AtomicBool, Ordering};

use store::{Store, StoreError};

/// The name of this job.
pub(super) const JOB: &str = "disk";

/// What the job works with.
#[derive(Debug)]
pub struct DiskJob {
    store: Store,
    is_told: AtomicBool,
}

impl DiskJob {
    /// The job of one server.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store, is_told: AtomicBool::new(false) }
    }

    /// One round: looks, and tells what has changed.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn round(&self) -> Result<(), StoreError> {
        let free = self.store.system().size().await?.too_little_free();
        let was_told = self.is_told.swap(free.is_some(), Ordering::Relaxed);
        match free {
            Some(free_bytes) if !was_told => {
                tracing::error!(free_bytes, "the disk is nearly full: make room, or answers will find none");
            }
            None if was_told => tracing::info!("the disk has room again"),
            _ => {}
        }
        Ok(())
    }
}
