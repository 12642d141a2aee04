//! Outboxes that send what gathered while the network was away.

use anyhow::Result;

use super::run::{Run, Setup};
use crate::{
    crowd::Load,
    figures::{Figures, ms, whole},
    options::Database,
};

/// A full outbox batch.
const BATCH: u64 = 100;
const CONNECTIONS: usize = 8;

pub(super) async fn measure(run: &Run<'_>, setup: &mut Setup, figures: &mut Figures) -> Result<()> {
    let at_most = run.options.load();
    // 60,000 responses a second are more than any server takes.
    let batches = 600 * at_most.as_secs().max(1);
    let ready: Vec<_> = (0..batches).map(|_| setup.audience.batch(BATCH)).collect();
    let mut ready = ready.into_iter();
    let load = Load { connections: CONNECTIONS, at_most, good: br#""status":"stored""#, every: None };
    let tempo = load.on(setup.program.address, move || ready.next()).await?;
    setup.acknowledged += tempo.times.len() as u64 * BATCH;
    let rate = tempo.rate() * BATCH as f64;
    let what = format!("{}: drain, {CONNECTIONS} outboxes, batches of {BATCH}", run.name());
    let least = match run.database {
        Database::Sqlite => 40_000.0,
        Database::Postgres => 30_000.0,
    };
    figures.judge(what, format!("{}/s", whole(rate)), format!(">= {}/s", whole(least)), rate >= least);
    figures.note("  p50 / p99 of a batch", format!("{} / {}", ms(tempo.within(0.5)), ms(tempo.within(0.99))));
    figures.judge("  errors", tempo.errors.to_string(), "0", tempo.errors == 0);
    Ok(())
}
