//! What the server does by itself, again and again, while it serves. Of several servers on one
//! database one at a time does a job: it holds a lease, and when it dies another takes over.
//!
//! - [`alerts`]: finds what people have to be told about kiosks, and tells them.
//!
//! A job is given what it works with (store, clock, random numbers, what it sends by) and never the
//! handlers' state; the clock of the server alone decides its time, so that a test drives it.
//! What does not belong here: what is worth telling (`domain::health`), and how it is sent
//! ([`crate::notify`]).

pub mod alerts;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use tracing::{Instrument, info_span};

use self::alerts::AlertJob;
use crate::error_log::log_error;
use store::StoreError;

/// How often a job looks whether there is something to do.
const EVERY: Duration = Duration::from_secs(30);

/// Does the jobs until the server stops.
pub async fn run(alerts: Arc<AlertJob>, stopping: watch::Receiver<bool>) {
    let alerts = || {
        let job = Arc::clone(&alerts);
        async move { job.round().await }
    };
    run_periodically(alerts::JOB, alerts, stopping).await;
}

/// One round after the other. Whatever fails is logged, and tried again.
async fn run_periodically<R: Future<Output = Result<(), StoreError>>>(
    job: &'static str,
    round: impl Fn() -> R,
    mut stopping: watch::Receiver<bool>,
) {
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = often.tick() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
        // As a request has a span, so that whatever is logged within says what was going on.
        let span = info_span!("job", job);
        let done = tokio::select! {
            done = round().instrument(span.clone()) => done,
            // What was not finished is found again by the next server.
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        if let Err(error) = done {
            span.in_scope(|| log_error(&error));
        }
    }
}
