//! From a tap to the number on an open summary, as far as the server is concerned: the answer is posted, the notice
//! comes, the page reads its numbers again.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::run::{Run, Setup};
use crate::{
    figures::{Figures, ms},
    wire::{Wire, get},
};

pub(super) async fn measure(run: &Run<'_>, setup: &mut Setup, figures: &mut Figures) -> Result<()> {
    let session = format!("Cookie: aplodi={}\r\n", setup.dataset.session);
    let event = setup.dataset.event;
    let mut stream = Wire::connect(setup.program.address).await?;
    stream.open(&get(&format!("/staff/changes?event={event}"), &session)).await?;
    let mut tablet = Wire::connect(setup.program.address).await?;
    let mut page = Wire::connect(setup.program.address).await?;
    let read = get(&format!("/staff/events/{event}/live"), &session);
    let mut times = Vec::new();
    let mut reading = Vec::new();
    for _ in 0..if run.options.quick { 5 } else { 40 } {
        let request = setup.audience.batch(1);
        let tapped = Instant::now();
        let status = tablet.exchange(&request).await?.status;
        ensure!(status == 200, "an answer was answered with {status}");
        setup.acknowledged += 1;
        stream.hear(b"changed").await?;
        let noticed = Instant::now();
        let status = page.exchange(&read).await?.status;
        ensure!(status == 200, "the summary was answered with {status}");
        times.push(tapped.elapsed());
        reading.push(noticed.elapsed());
    }
    times.sort_unstable();
    reading.sort_unstable();
    let p95 = |times: &[Duration]| times[times.len() * 95 / 100];
    let what = format!("{}: tap to numbers on an open page, p95, server", run.name());
    figures.judge(what, ms(p95(&times)), "<= 1 s", p95(&times) <= Duration::from_secs(1));
    figures.note("  of that reading the page again, p95", ms(p95(&reading)));
    Ok(())
}
