//! What a visitor feels, in Chromium on a processor slowed down four times: how soon a tap shows, how soon it is on the
//! disk, and how soon a tablet without a network asks its first question.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    until_within,
};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::figures::{Figures, ms};

/// A cheap tablet beside the machine that measures.
const SLOWER: u32 = 4;
/// What is tapped, and what comes of it.
const WAY: [(&str, &str); 4] = [
    (".faces .answer:nth-child(5)", ".nps"),
    (".nps .answer:nth-child(10)", ".choices"),
    (".choices .answer:nth-child(1)", ".comment"),
    (".step-on", ".thanks"),
];
const FIRST: &str = ".faces .answer";
/// The kiosk takes two taps within this time for one.
const SETTLED: Duration = Duration::from_millis(700);
const PATIENCE: Duration = Duration::from_mins(2);

/// Notes, outside the product, for each tap when the picture after it was painted and when the first transaction after
/// it with an answer in it was complete; and when the first question was painted.
const WATCH: &str = "
    const taps = (window.taps = []);
    const painted = (then) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(null);
    });
    addEventListener('click', ({ timeStamp }) => {
        const tap = { at: timeStamp };
        taps.push(tap);
        painted((now) => (tap.visible = now - tap.at));
    }, true);
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
        const transaction = begin.call(this, stores, mode, options);
        const tap = taps.at(-1);
        if (tap && mode === 'readwrite' && [stores].flat().includes('drafts')) {
            transaction.addEventListener('complete', () => (tap.durable ??= performance.now() - tap.at));
        }
        return transaction;
    };
    const look = () => document.querySelector('.faces .answer') ? painted((now) => (window.asked = now))
                                                                : requestAnimationFrame(look);
    look();";

/// Forgets the files that the tablet keeps, and not whose tablet it is.
const FORGET: &str = "const done = arguments[0];
    Promise.all([
        navigator.serviceWorker.getRegistrations().then((them) => Promise.all(them.map((one) => one.unregister()))),
        caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))),
    ]).then(() => done());";

pub(super) async fn measure(quick: bool, figures: &mut Figures) -> Result<()> {
    let demo = Demo::start().await;
    let mut tablet = Browser::open(Screen::TABLET).await;
    // The server is away for a part of the time.
    tablet.forgive("net::ERR_");
    slow_down(&tablet).await;
    tablet.become_tablet(&demo.tablet).await;
    tablet.wait_for(FIRST).await;
    // Whoever opens the printed address is asked first; a tablet that knows who it is shows how long a load takes.
    tablet.look(FORGET, Vec::new()).await;
    tablet.tell("Network.clearBrowserCache", json!({})).await;
    tablet.reload().await;
    tablet.wait_for(FIRST).await;
    let online = asked(&tablet).await?;
    figures.note(format!("tablet: first load, all of it new, {SLOWER}x slower"), ms(online));

    for _ in 0..if quick { 2 } else { 10 } {
        visit(&tablet).await;
    }
    let taps = tablet.execute("return window.taps;", Vec::new()).await;
    let taps = taps.as_array().context("the page notes its taps")?;
    for (what, name, budget) in [("visible", "visible", 50), ("durable", "durable", 150)] {
        let mut times: Vec<Duration> = taps.iter().filter_map(|tap| millis(&tap[name])).collect();
        ensure!(times.len() * 10 >= taps.len() * 9, "of {} taps only {} became {what}", taps.len(), times.len());
        times.sort_unstable();
        let p95 = times[times.len() * 95 / 100];
        let promise = format!("<= {budget} ms");
        figures.judge(
            format!("tablet: tap to {what}, p95, {SLOWER}x slower"),
            ms(p95),
            promise,
            p95.as_millis() <= budget,
        );
        figures.note(format!("  median of {}", times.len()), ms(times[times.len() / 2]));
    }

    let home = tablet.address().await;
    until_within(PATIENCE, "the tablet keeps its files", async || keeps_its_files(&tablet).await).await;
    ensure!(demo.serving.stop().await, "the server stops well");
    let mut starts = Vec::new();
    for _ in 0..if quick { 1 } else { 5 } {
        tablet.kill_and_start_again().await;
        slow_down(&tablet).await;
        tablet.goto(&home).await;
        tablet.wait_for(FIRST).await;
        starts.push(asked(&tablet).await?);
    }
    starts.sort_unstable();
    let median = starts[starts.len() / 2];
    let what = format!("tablet: cold start offline, {SLOWER}x slower");
    figures.judge(what, ms(median), "<= 1 s", median <= Duration::from_secs(1));
    tablet.close().await;
    Ok(())
}

async fn slow_down(tablet: &Browser) {
    tablet.tell("Page.addScriptToEvaluateOnNewDocument", json!({"source": format!("{{ {WATCH} }}")})).await;
    tablet.tell("Emulation.setCPUThrottlingRate", json!({"rate": SLOWER})).await;
}

/// One visitor, from the first face until the next one is greeted.
async fn visit(tablet: &Browser) {
    for (tap, leads_to) in WAY {
        sleep(SETTLED).await;
        tablet.tap_until(tap, leads_to).await;
    }
    tablet.wait_for(FIRST).await;
}

/// From the start of the navigation until the first question was painted.
async fn asked(tablet: &Browser) -> Result<Duration> {
    let asked = async || tablet.execute("return window.asked ?? null;", Vec::new()).await;
    until_within(PATIENCE, "the first question is painted", async || !asked().await.is_null()).await;
    millis(&asked().await).context("a time")
}

async fn keeps_its_files(tablet: &Browser) -> bool {
    const ACTIVE: &str = "
        const done = arguments[0];
        navigator.serviceWorker.getRegistration().then((it) => done(it?.active?.state === 'activated'));";
    let active = tablet.driver.execute_async(ACTIVE, Vec::new()).await;
    active.is_ok_and(|active| *active.json() == true)
}

fn millis(time: &Value) -> Option<Duration> {
    Some(Duration::from_secs_f64(time.as_f64()?.max(0.0) / 1_000.0))
}
