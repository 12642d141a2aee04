//! One response per POST, at one connection, at many, and at far too many.

use std::time::Duration;

use anyhow::Result;

use super::run::{Run, Setup};
use crate::{
    crowd::{Load, Tempo},
    figures::{Figures, ms, whole},
    options::Database,
    raw::Raw,
};

/// Bodies made beforehand for each second: more than any server takes.
const READY: u64 = 20_000;

pub(super) async fn measure(
    run: &Run<'_>,
    setup: &mut Setup,
    raw: &Raw,
    when: &str,
    figures: &mut Figures,
) -> Result<()> {
    let name = run.name();
    // The first of all fills caches and prepares statements.
    post(setup, 64, Duration::from_millis(200)).await?;
    for connections in [1, 64, 500] {
        let before = setup.program.cpu()?;
        let tempo = post(setup, connections, run.options.load()).await?;
        let cpu = setup.program.cpu()?.saturating_sub(before);
        let what = format!("{name}: POST, {connections} at once{when}");
        let rate = format!("{}/s", whole(tempo.rate()));
        match least(run.database, connections) {
            Some(least) => {
                let promise = format!(">= {}/s", whole(least));
                figures.judge(&what, rate, promise, tempo.rate() >= least);
            }
            None => figures.note(&what, rate),
        }
        if connections == 64 && run.database == Database::Sqlite {
            let share = 100.0 * tempo.rate() / raw.rows;
            figures.judge("  of the raw rate", format!("{share:.0} %"), ">= 40 %", share >= 40.0);
        }
        let (p50, p99) = (tempo.within(0.5), tempo.within(0.99));
        let spread = format!("{} / {}", ms(p50), ms(p99));
        match (run.database, connections) {
            (Database::Sqlite, 1) => {
                figures.judge("  p50 / p99", spread, "p50 <= 1 ms", p50 <= Duration::from_millis(1));
            }
            (_, 64) => figures.judge("  p50 / p99", spread, "p99 <= 40 ms", p99 <= Duration::from_millis(40)),
            (_, 500) => figures.judge("  p50 / p99", spread, "p99 <= 100 ms", p99 <= Duration::from_millis(100)),
            _ => figures.note("  p50 / p99", spread),
        }
        figures.judge("  errors", tempo.errors.to_string(), "0", tempo.errors == 0);
        let each = cpu.as_secs_f64() * 1e6 / (tempo.times.len().max(1)) as f64;
        let cores = cpu.as_secs_f64() / tempo.took.as_secs_f64();
        let computed = format!("{each:.0} us each, {cores:.2} cores");
        match (run.database, connections) {
            (Database::Sqlite, 1) => figures.judge("  the server computes", computed, "<= 500 us each", each <= 500.0),
            _ => figures.note("  the server computes", computed),
        }
    }
    Ok(())
}

/// What the design promises in a second.
fn least(database: Database, connections: usize) -> Option<f64> {
    match (database, connections) {
        (Database::Sqlite, 64) | (Database::Postgres, 500) => Some(12_000.0),
        (Database::Sqlite, 500) => Some(15_000.0),
        (Database::Postgres, 64) => Some(7_500.0),
        _ => None,
    }
}

async fn post(setup: &mut Setup, connections: usize, at_most: Duration) -> Result<Tempo> {
    let load = Load { connections, at_most, good: br#""status":"stored""#, every: None };
    let ready = usize::try_from(READY * u64::try_from(at_most.as_millis())? / 1_000)?.max(connections);
    let tempo = load.on(setup.program.address, setup.audience.singles(ready)).await?;
    setup.acknowledged += tempo.times.len() as u64;
    Ok(tempo)
}
