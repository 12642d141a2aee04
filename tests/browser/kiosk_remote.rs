//! The show is interrupted: the office asks the tablets to pause, and to go on.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    until,
};

use crate::{
    builds::whole_build,
    steps::{HAPPIEST, log_in, waiting_tablet},
};

/// What lies over a paused tablet.
const CURTAIN: &str = ".remote .lead";

/// Seconds pass for the tablet, until something is so.
async fn later(kiosk: &Browser, what: &str, is_so: impl AsyncFn() -> bool) {
    let looked = async || {
        let is_so = is_so().await;
        if !is_so {
            kiosk.forward(1_000).await;
        }
        is_so
    };
    until(what, looked).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_is_paused_with_a_sentence_and_goes_on() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let mut kiosk = waiting_tablet(&demo).await;
    // What the browser itself says about a server that is not there.
    kiosk.forgive("net::ERR_");
    whole_build(&kiosk).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;

    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    staff.goto(format!("{}/staff/kiosks", demo.serving.base)).await;
    staff.write("#en", "Fire drill, we will be back").await;
    staff.click("[name=what][value=pause]").await;
    staff.wait_for_text("#live .status-list", |text| text.contains("odottaa tablettia")).await;

    // A visitor who hesitates is asked, and not cut off.
    kiosk.forward_until(".overlay").await;
    assert!(!kiosk.has(CURTAIN).await);
    later(&kiosk, "the tablet pauses between two visitors", async || kiosk.has(CURTAIN).await).await;
    let says = kiosk.text(".remote").await;
    for sentence in ["Esitys on keskeytetty", "Föreställningen är avbruten", "Fire drill, we will be back"] {
        assert!(says.contains(sentence), "{says}");
    }
    assert_eq!(kiosk.execute("return document.getElementById('kiosk').inert;", Vec::new()).await, true);
    assert_eq!(kiosk.violations().await, [""; 0]);
    later(&kiosk, "the office sees that it is done", async || {
        let says = staff.text("#live .status-list").await;
        says.contains("→ tehty") && says.contains("Tauolla")
    })
    .await;
    until("what the visitor had said counts", async || demo.counted().await == before + 1).await;

    let demo = demo
        .restart(async || {
            kiosk.driver.refresh().await.expect("the page again");
            kiosk.wait_for(CURTAIN).await;
        })
        .await;
    staff.goto(format!("{}/staff/kiosks", demo.serving.base)).await;
    staff.click("[name=what][value=resume]").await;
    later(&kiosk, "the tablet asks again", async || !kiosk.has(CURTAIN).await).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;
    staff.close().await;
    kiosk.close().await;
}
