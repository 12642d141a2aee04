//! Takes what is shown of courses a step further, once enough has come in (`domain::course`). Who reads a page changes
//! nothing: the steps are made here, so that they are the same for everybody.

use std::{fmt, sync::Arc, time::Duration};

use domain::{id::ProductionId, time::Millis};

use crate::clock::Clock;
use store::{Store, StoreError};

/// The name of this job.
pub(super) const JOB: &str = "courses";
/// How often it looks.
pub(super) const EVERY: Duration = Duration::from_secs(30);

/// What the job works with.
pub struct CourseJob {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for CourseJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CourseJob").finish_non_exhaustive()
    }
}

impl CourseJob {
    /// The job of one server. Of several, each may do it: a step that another has made is not made again.
    #[must_use]
    pub const fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// One round.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn round(&self) -> Result<(), StoreError> {
        let system = self.store.system();
        // Where numbers are shown later than they are known, those of courses are, too.
        let until = system.live_delay().await?.shown_until(self.clock.now()).unwrap_or(Millis::MAX);
        for production in system.courses().await? {
            self.advance(production, until).await?;
        }
        Ok(())
    }

    async fn advance(&self, production: ProductionId, until: Millis) -> Result<(), StoreError> {
        let system = self.store.system();
        let before = system.shown_of_course(production).await?;
        let arrived = system.arrived_in_course(production, until).await?;
        let Some(steps) = before.steps().next(&arrived) else { return Ok(()) };
        let shown = steps.shown();
        let pooled: Vec<_> = arrived.into_iter().filter(|one| shown.contains(&one.answer)).collect();
        let answers = system.answers_in_course(&pooled).await?;
        if answers.len() < pooled.len() {
            // Somebody has changed an answer in this very moment: the next round sees it as it is then.
            return Ok(());
        }
        let next = before.advanced(steps, &answers);
        if system.show_course(production, &before, &next).await? {
            tracing::info!(%production, answers = next.counted(), "a course has been taken a step further");
        }
        Ok(())
    }
}
