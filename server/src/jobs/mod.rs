//! What the server does by itself, again and again, while it serves. Of several servers on one
//! database one at a time does a job: it holds a lease, and when it dies another takes over.
//!
//! - [`alerts`]: finds what people have to be told about kiosks, and tells them;
//! - [`mail`], [`webhook`]: by what it goes.
//!
//! A job reads the clock of the server and nothing else decides its time, so that a test drives it.
//! What does not belong here: what is worth telling (`domain::health`), and its words
//! (`app::letters`).

pub mod alerts;
pub mod mail;
pub mod webhook;

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::http::{problem::log, state::AppState};

/// How often a job looks whether there is something to do.
const EVERY: Duration = Duration::from_secs(30);

/// Does the jobs until the server stops. Whatever fails is logged and tried again.
pub async fn run(state: AppState) {
    let mut stopping = state.stopping.clone();
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = often.tick() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
        let round = tokio::select! {
            round = alerts::round(&state) => round,
            // What was not finished is found again by the next server.
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        if let Err(error) = round {
            log(&error);
        }
    }
}
