//! Judges what came in, soon after it came and never before it is stored.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::{
    sync::{Notify, watch},
    time::{Instant, sleep},
};
use tracing::{Instrument, info_span};

use crate::judge::Judge;
use store::error_log::log_error;

/// The name of this job.
const JOB: &str = "judging";
/// Between two rounds at the least: what comes together is judged together.
const LEAST: Duration = Duration::from_millis(500);
/// After a round the job rests for so many times as long as it took, so that answers have the machine.
const REST: u32 = 9;
/// The longest rest: a flood is judged at last.
const LONGEST: Duration = Duration::from_secs(30);
/// Without a word, what another server or an earlier one left is looked for as often.
const LOOKS: Duration = Duration::from_secs(10);

/// Judges until the server stops. `stored` is told whenever responses have been stored.
pub async fn run(judge: Judge, stored: Arc<Notify>, mut stopping: watch::Receiver<bool>) {
    loop {
        #[expect(clippy::disallowed_methods, reason = "how long a round took, not what time it is")]
        let began = Instant::now();
        let span = info_span!("job", job = JOB);
        let done = tokio::select! {
            done = AssertUnwindSafe(judge.round()).catch_unwind().instrument(span.clone()) => done,
            // What was not judged is due at the next start.
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        let took = began.elapsed();
        let mut has_more = false;
        match done {
            Ok(Ok(judged)) => has_more = judged,
            Ok(Err(error)) => {
                span.in_scope(|| log_error(&error));
            }
            // It has been logged by its hook, and what was not judged is still due.
            Err(_) => {}
        }
        let rest = sleep((took * REST).clamp(LEAST, LONGEST));
        tokio::select! {
            () = rest => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
        if has_more {
            continue;
        }
        tokio::select! {
            () = stored.notified() => {}
            () = sleep(LOOKS) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}
