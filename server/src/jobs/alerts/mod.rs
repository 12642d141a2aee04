//! Tells people who are not there what is wrong with a kiosk.
//!
//! - [`find`]: what began and what ended since the last round;
//! - [`deliver`]: sends what is to be sent, again and again, for a day.
//!
//! Between the two stands the store: what was found is told even if the server stops in between. A
//! message may come twice where a server dies between sending it and remembering that.

mod deliver;
mod find;

use domain::time::{MINUTE, Millis, SECOND};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{mail::Mailer, webhook::Caller};
use crate::http::state::AppState;
use store::StoreError;

/// The name of this job.
const JOB: &str = "alerts";
/// Without a word from the server that does it, another takes over after this time.
const LEASE: Millis = 3 * MINUTE;
/// A server that has not said for so long that it listens to tablets was away: half as long again as
/// the time between two rounds.
const LISTENS: Millis = 45 * SECOND;

/// Tells people, for one server.
#[derive(Debug)]
pub struct Teller {
    /// which server
    id: Uuid,
    /// writes letters; `None` where the server was not told how
    mailer: Option<Mailer>,
    /// calls programs
    caller: Caller,
    /// one round at a time
    at_work: Mutex<()>,
}

impl Teller {
    /// The teller of a server.
    #[must_use]
    pub fn new(id: Uuid, mailer: Option<Mailer>) -> Self {
        Self { id, mailer, caller: Caller::new(), at_work: Mutex::default() }
    }

    /// Whether it can write letters.
    #[must_use]
    pub const fn writes_letters(&self) -> bool {
        self.mailer.is_some()
    }
}

/// One round: finds and delivers, where no other server does.
///
/// # Errors
/// Where the store cannot do it now. A message that cannot be sent is no error: it is tried again.
pub async fn round(state: &AppState) -> Result<(), StoreError> {
    let _alone = state.teller.at_work.lock().await;
    listen(state).await?;
    if is_mine(state).await? {
        find::find(state).await?;
        deliver::deliver(state).await?;
    }
    Ok(())
}

/// Says that this server listens. Also those say so that do not have the job: they hear as well.
async fn listen(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    state.store.listen(now, now + LISTENS).await
}

/// Takes the job or keeps it; false where another server has it.
async fn is_mine(state: &AppState) -> Result<bool, StoreError> {
    let now = state.clock.now();
    state.store.claim(JOB, state.teller.id, now, now + LEASE).await
}
