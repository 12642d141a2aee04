//! The tablets of the demo give signs of life for as long as it is played, or all would soon count as out of touch.

use std::sync::Arc;

use domain::{heartbeat::Heartbeat, time::Millis};
use store::{Scope, Store, StoreError, kiosks::Pairing};
use tokio::sync::Mutex;

use crate::clock::Clock;

/// The name of the job.
pub(crate) const JOB: &str = "demo tablets";

/// The tablets that nobody holds in their hands.
pub struct DemoTablets {
    /// remembers what they say
    pub store: Store,
    /// tells the time
    pub clock: Arc<dyn Clock>,
    /// all that are in touch
    pub tablets: Mutex<Vec<DemoTablet>>,
}

/// A tablet, and what was last said in its name.
#[derive(Clone, Debug)]
pub struct DemoTablet {
    /// whose sign of life it is
    pub pairing: Pairing,
    /// what it says
    pub beat: Heartbeat,
    /// when it said so
    pub said_at: Millis,
}

impl DemoTablets {
    /// One round: each says once more what it said. A tablet that somebody has opened meanwhile speaks for itself.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn round(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut tablets = self.tablets.lock().await;
        let reports = self.store.for_staff(Scope::All).kiosk_reports(now).await?;
        tablets.retain(|DemoTablet { pairing, said_at, .. }| {
            reports.iter().any(|it| it.kiosk == pairing.kiosk && it.report.last_contact == Some(*said_at))
        });
        for DemoTablet { pairing, beat, said_at } in &mut *tablets {
            (beat.device_now, *said_at) = (now, now);
            self.store.system().record_heartbeat(pairing.id, beat, now).await?;
        }
        Ok(())
    }
}
