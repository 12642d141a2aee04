//! A server that has seen a million visitors.

use std::time::Duration;

use anyhow::{Result, ensure};

use super::run::{Run, Setup};
use crate::{
    crowd::Load,
    figures::{Figures, kb, whole},
    options::Database,
};

/// The largest batch that the server takes.
const BATCH: u64 = 500;
const CONNECTIONS: usize = 4;
/// Only so that it ends.
const AT_MOST: Duration = Duration::from_mins(15);
const MEMORY: usize = 80_000_000;

/// Fills it up through the API.
pub(super) async fn fill(run: &Run<'_>, setup: &mut Setup, stored: u64, figures: &mut Figures) -> Result<()> {
    let mut left = stored.saturating_sub(setup.acknowledged).div_ceil(BATCH);
    let audience = setup.audience.clone();
    let batches = move || {
        left = left.checked_sub(1)?;
        Some(audience.batch(BATCH))
    };
    let load = Load { connections: CONNECTIONS, at_most: AT_MOST, good: br#""status":"stored""#, every: None };
    let tempo = load.on(setup.program.address, batches).await?;
    ensure!(tempo.errors == 0, "{} batches were not taken", tempo.errors);
    setup.acknowledged += tempo.times.len() as u64 * BATCH;
    let what = format!("{}: filled, {CONNECTIONS} at once, batches of {BATCH}", run.name());
    figures.note(what, format!("{}/s", whole(tempo.rate() * BATCH as f64)));
    Ok(())
}

/// What the server holds in memory after all that.
pub(super) fn memory(run: &Run<'_>, setup: &Setup, stored: u64, figures: &mut Figures) -> Result<()> {
    let (now, most) = setup.program.memory()?;
    let tablets = setup.dataset.kiosks.len();
    let what = format!("{}: memory, {} stored, {tablets} tablets", run.name(), whole(stored as f64));
    figures.judge(what, kb(now), "<= 80 000 kB", now <= MEMORY);
    figures.note("  at the most so far", kb(most));
    if run.database == Database::Sqlite {
        let files = ["aplodi.db", "aplodi.db-wal"].map(|name| std::fs::metadata(run.folder.join(name)));
        let size: u64 = files.into_iter().flatten().map(|file| file.len()).sum();
        figures.note("  on the disk", format!("{} MB", whole(size as f64 / 1e6)));
    }
    Ok(())
}
