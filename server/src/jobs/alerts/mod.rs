//! Tells people who are not there what is wrong with a kiosk.
//!
//! - [`find`]: what began and what ended since the last round;
//! - [`deliver`]: sends what is to be sent, again and again, for a day.
//!
//! Between the two stands the store: what was found is told even if the server stops in between. A
//! message may come twice where a server dies between sending it and remembering that.

mod deliver;
mod find;

use std::{fmt, sync::Arc};

use domain::time::{MINUTE, Millis, SECOND};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    clock::{Clock, Rng},
    notify::service::AlertService,
};
use store::{Store, StoreError};

/// The name of this job.
pub(super) const JOB: &str = "alerts";
/// Without a word from the server that does it, another takes over after this time.
const LEASE: Millis = 3 * MINUTE;
/// A server that has not said for so long that it listens to tablets was away: half as long again as
/// the time between two rounds.
const LISTENS: Millis = 45 * SECOND;

/// What the job works with.
pub struct AlertJob {
    /// remembers what was found and what was told
    pub store: Store,
    /// tells the time
    pub clock: Arc<dyn Clock>,
    /// makes ids
    pub rng: Arc<Rng>,
    /// writes and sends messages
    pub service: Arc<AlertService>,
    /// which program tablets ought to run
    pub tablet_version: String,
    /// which server this is, where several share a database
    server: Uuid,
    /// one round at a time
    round: Mutex<()>,
}

impl fmt::Debug for AlertJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlertJob").field("server", &self.server).finish_non_exhaustive()
    }
}

impl AlertJob {
    /// The job of one server.
    #[must_use]
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        rng: Arc<Rng>,
        service: Arc<AlertService>,
        tablet_version: String,
    ) -> Self {
        let server = rng.uuid(clock.now());
        Self { store, clock, rng, service, tablet_version, server, round: Mutex::default() }
    }

    /// One round: finds and delivers, where no other server does.
    ///
    /// # Errors
    /// Where the store cannot do it now. A message that cannot be sent is no error: it is tried again.
    pub async fn round(&self) -> Result<(), StoreError> {
        let _alone = self.round.lock().await;
        self.listen().await?;
        if self.is_mine().await? {
            self.find().await?;
            self.deliver().await?;
        }
        Ok(())
    }

    /// Says that this server listens. Also those say so that do not have the job: they hear as well.
    async fn listen(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.store.system().listen(now, now + LISTENS).await
    }

    /// Takes the job or keeps it; false where another server has it.
    async fn is_mine(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        self.store.system().claim(JOB, self.server, now, now + LEASE).await
    }
}
