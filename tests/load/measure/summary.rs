//! Summaries over everything that is stored, while a thousand answers a second arrive.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::{summary::SummaryInput, time::LocalMonth};
use store::{Scope, open::open, tallies::MonthsOf};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::run::{Run, Setup};
use crate::{
    crowd::Load,
    figures::{Figures, ms, whole},
    wire::{Wire, get},
};

/// Tablets that post, and how often each does: together a thousand answers a second.
const CONNECTIONS: usize = 50;
const EVERY: Duration = Duration::from_millis(50);
/// A person does not ask without a pause, and the answers must arrive.
const PAUSE: Duration = Duration::from_millis(5);

pub(super) async fn measure(run: &Run<'_>, setup: &mut Setup, figures: &mut Figures) -> Result<()> {
    let at_most = run.options.load() + Duration::from_secs(2);
    let load = Load { connections: CONNECTIONS, at_most, good: br#""status":"stored""#, every: Some(EVERY) };
    let ready = usize::try_from(1_200 * at_most.as_secs())?;
    let arriving = tokio::spawn(load.on(setup.program.address, setup.audience.singles(ready)));
    let half = run.options.load() / 2;
    let asked = ask(setup, &setup.summary_request(), half).await?;
    let nothing = ask(setup, &get("/healthz", ""), Duration::from_millis(500)).await?;
    let months = all_time(setup, half).await?;
    let arrived = arriving.await??;
    setup.acknowledged += arrived.times.len() as u64;

    let name = run.name();
    let p95 = within(&asked, 95);
    let what = format!("{name}: summary of one event, p95, HTTP and all");
    figures.judge(what, ms(p95), "<= 1.5 ms", p95 <= Duration::from_micros(1_500));
    figures.note("  p50; GET /healthz at the same time, p50 / p95", {
        format!("{}; {} / {}", ms(within(&asked, 50)), ms(within(&nothing, 50)), ms(within(&nothing, 95)))
    });
    let p95 = within(&months, 95);
    // There is no address for it yet; this is the store's part and the arithmetic.
    let what = format!("{name}: all time of a venue, p95, in process");
    figures.judge(what, ms(p95), "<= 10 ms", p95 <= Duration::from_millis(10));
    figures.note("  while there arrived", format!("{}/s, p99 {}", whole(arrived.rate()), ms(arrived.within(0.99))));
    Ok(())
}

async fn ask(setup: &Setup, request: &[u8], at_most: Duration) -> Result<Vec<Duration>> {
    let mut wire = Wire::connect(setup.program.address).await?;
    let (begin, mut times, mut pause) = (Instant::now(), Vec::new(), pauses());
    while begin.elapsed() < at_most {
        pause.tick().await;
        let sent = Instant::now();
        let status = wire.exchange(request).await?.status;
        times.push(sent.elapsed());
        ensure!(status == 200, "the summary was answered with {status}");
    }
    times.sort_unstable();
    Ok(times)
}

async fn all_time(setup: &Setup, at_most: Duration) -> Result<Vec<Duration>> {
    let store = open(&setup.dataset.url).await?.for_staff(Scope::All);
    let (begin, mut times, mut pause) = (Instant::now(), Vec::new(), pauses());
    while begin.elapsed() < at_most {
        pause.tick().await;
        let asked = Instant::now();
        let tally = store
            .tally_of_months(MonthsOf::Venue(setup.dataset.venue), LocalMonth(i32::MIN), LocalMonth(i32::MAX))
            .await?;
        let surveys = std::slice::from_ref(&setup.dataset.version);
        let summary = SummaryInput { tally: &tally, surveys, attendance: None, scores_asked: false }.summary();
        times.push(asked.elapsed());
        ensure!(
            summary.counted + summary.aside >= setup.acknowledged,
            "{} of all time, {} tonight",
            summary.counted + summary.aside,
            setup.acknowledged
        );
    }
    times.sort_unstable();
    Ok(times)
}

fn pauses() -> Interval {
    let mut pauses = interval(PAUSE);
    pauses.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pauses
}

fn within(times: &[Duration], percent: usize) -> Duration {
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}
