//! Forgets what is kept for a set time only: the audit log and what visitors wrote; and, once, what earlier versions kept
//! whole.

use std::{sync::Arc, time::Duration};

use domain::time::{DAY, Millis};

use crate::clock::Clock;
use store::{Store, StoreError};

/// The name of this job.
pub(super) const JOB: &str = "forgetting";
/// How often it looks.
pub(super) const EVERY: Duration = Duration::from_hours(1);

/// A month is at most so long: nothing is forgotten too early.
const MONTH: Millis = 31 * DAY;

/// What the job works with.
pub struct ForgettingJob {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl ForgettingJob {
    /// The job of one server. Of several, each may do it: what another has forgotten is not there.
    #[must_use]
    pub const fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// One round.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn round(&self) -> Result<(), StoreError> {
        let rows = self.store.system().forget_audit(self.clock.now()).await?;
        if rows > 0 {
            tracing::info!(rows, "the oldest part of the audit log is forgotten");
        }
        let responses = self.store.system().shorten_old_comments(self.clock.now()).await?;
        if responses > 0 {
            tracing::info!(responses, "of the comments of what is set aside only the beginning is kept");
        }
        if let Some(months) = self.store.system().organisation_settings().await?.comment_months {
            let now = self.clock.now();
            let comments = self.store.system().blank_comments(now - Millis::from(months) * MONTH, now).await?;
            if comments > 0 {
                tracing::info!(comments, "what visitors wrote is blanked");
            }
        }
        Ok(())
    }
}
