//! What the server does by itself, again and again, while it serves. Of several servers on one
//! database one at a time does a job: it holds a lease, and when it dies another takes over.
//!
//! - [`courses`]: takes what is shown of courses a step further;
//! - [`disk`]: says when the disk runs full;
//! - [`forgetting`]: forgets what is kept for a set time only;
//! - [`judging`]: judges what came in; every server does, since the database says what is due;
//! - the tablets of a demo ([`crate::demo::tablets`]), while one is played;
//! - [`alerts`]: finds what people have to be told about kiosks, and tells them.
//!
//! A job is given what it works with (store, clock, random numbers, what it sends by) and never the
//! handlers' state; the clock of the server alone decides its time, so that a test drives it.
//! What does not belong here: what is worth telling (`domain::health`), and how it is sent
//! ([`crate::notify`]).

pub mod alerts;
pub mod courses;
pub mod disk;
pub mod forgetting;
pub mod judging;

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};
use tracing::{Instrument, info_span};

use self::{alerts::AlertJob, courses::CourseJob, disk::DiskJob, forgetting::ForgettingJob};
use crate::demo::tablets::{self, DemoTablets};
use store::{StoreError, error_log::log_error};

/// How often a job looks whether there is something to do.
const EVERY: Duration = Duration::from_secs(30);

/// Does the jobs until the server stops, each in a task of its own.
pub async fn run(alerts: Arc<AlertJob>, demo: Option<Arc<DemoTablets>>, stopping: watch::Receiver<bool>) {
    let mut jobs = JoinSet::new();
    let disk = Arc::new(DiskJob::new(alerts.store.clone()));
    let forgetting = Arc::new(ForgettingJob::new(alerts.store.clone(), Arc::clone(&alerts.clock)));
    let forget = move || {
        let job = Arc::clone(&forgetting);
        async move { job.round().await }
    };
    jobs.spawn(run_periodically(forgetting::JOB, forgetting::EVERY, forget, stopping.clone()));
    let courses = Arc::new(CourseJob::new(alerts.store.clone(), Arc::clone(&alerts.clock)));
    let advance = move || {
        let job = Arc::clone(&courses);
        async move { job.round().await }
    };
    jobs.spawn(run_periodically(courses::JOB, courses::EVERY, advance, stopping.clone()));
    let round = move || {
        let job = Arc::clone(&alerts);
        async move { job.round().await }
    };
    let look = move || {
        let job = Arc::clone(&disk);
        async move { job.round().await }
    };
    jobs.spawn(run_periodically(alerts::JOB, EVERY, round, stopping.clone()));
    if let Some(demo) = demo {
        let round = move || {
            let tablets = Arc::clone(&demo);
            async move { tablets.round().await }
        };
        jobs.spawn(run_periodically(tablets::JOB, EVERY, round, stopping.clone()));
    }
    jobs.spawn(run_periodically(disk::JOB, EVERY, look, stopping));
    jobs.join_all().await;
}

/// One round after the other. Whatever fails is logged, and tried again; so is a round that panics.
async fn run_periodically<R: Future<Output = Result<(), StoreError>> + Send>(
    job: &'static str,
    every: Duration,
    round: impl Fn() -> R + Send,
    mut stopping: watch::Receiver<bool>,
) {
    let mut often = interval(every);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = often.tick() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
        // As a request has a span, so that whatever is logged within says what was going on.
        let span = info_span!("job", job);
        let done = tokio::select! {
            done = AssertUnwindSafe(round()).catch_unwind().instrument(span.clone()) => done,
            // What was not finished is found again by the next server.
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        // A panic has been logged by its hook.
        if let Ok(Err(error)) = done {
            span.in_scope(|| log_error(&error));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_round_that_panics_is_not_the_last() {
        let (stop, stopping) = watch::channel(false);
        let rounds = Arc::new(AtomicUsize::new(0));
        let round = || {
            let (rounds, stop) = (Arc::clone(&rounds), stop.clone());
            async move {
                match rounds.fetch_add(1, Ordering::Relaxed) {
                    0 => panic!("the first round"),
                    1 => Err(StoreError::Unreadable("the second".to_owned())),
                    _ => {
                        stop.send_replace(true);
                        Ok(())
                    }
                }
            }
        };
        run_periodically("test", Duration::from_millis(1), round, stopping).await;
        assert_eq!(rounds.load(Ordering::Relaxed), 3);
    }
}
