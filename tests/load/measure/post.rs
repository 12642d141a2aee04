//! One response per POST, at one connection, at many, and at far too many.

use std::time::Duration;

use anyhow::Result;

use super::{Evening, Setup};
use crate::{
    Database,
    crowd::{Load, Tempo},
    figures::{Figures, ms, whole},
    raw::Raw,
};

/// Bodies made beforehand for each second: more than any server takes.
const READY: u64 = 20_000;

pub(super) async fn measure(
    evening: &Evening<'_>,
    setup: &mut Setup,
    raw: &Raw,
    when: &str,
    figures: &mut Figures,
) -> Result<()> {
    let name = evening.name();
    // The first of all fills caches and prepares statements.
    post(setup, 64, Duration::from_millis(200)).await?;
    for connections in [1, 64, 500] {
        let before = setup.program.cpu()?;
        let tempo = post(setup, connections, evening.options.load()).await?;
        let cpu = setup.program.cpu()?.saturating_sub(before);
        let what = format!("{name}: POST, {connections} at once{when}");
        let rate = format!("{}/s", whole(tempo.rate()));
        match connections {
            64 => figures.judge(&what, rate, ">= 5 000/s (10 000/s)", tempo.rate() >= 5_000.0),
            _ => figures.note(&what, rate),
        }
        if connections == 64 && evening.database == Database::Sqlite {
            let share = 100.0 * tempo.rate() / raw.rows;
            figures.judge("  of the raw rate", format!("{share:.0} %"), ">= 40 %", share >= 40.0);
        }
        let p99 = tempo.within(0.99);
        let spread = format!("{} / {}", ms(tempo.within(0.5)), ms(p99));
        match connections {
            64 => figures.judge("  p50 / p99", spread, "p99 <= 40 ms", p99 <= Duration::from_millis(40)),
            500 => figures.judge("  p50 / p99", spread, "p99 <= 250 ms", p99 <= Duration::from_millis(250)),
            _ => figures.note("  p50 / p99", spread),
        }
        figures.judge("  errors", tempo.errors.to_string(), "0", tempo.errors == 0);
        let each = cpu.as_secs_f64() * 1e6 / (tempo.times.len().max(1)) as f64;
        let cores = cpu.as_secs_f64() / tempo.took.as_secs_f64();
        figures.note("  the server computes", format!("{each:.0} us each, {cores:.2} cores"));
    }
    Ok(())
}

async fn post(setup: &mut Setup, connections: usize, at_most: Duration) -> Result<Tempo> {
    let load = Load { connections, at_most, good: br#""status":"stored""#, every: None };
    let ready = usize::try_from(READY * u64::try_from(at_most.as_millis())? / 1_000)?.max(connections);
    let tempo = load.on(setup.program.address, setup.audience.singles(ready)).await?;
    setup.acknowledged += tempo.times.len() as u64;
    Ok(tempo)
}
