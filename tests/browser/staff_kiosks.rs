//! The office sees how the tablets are, without going there.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    file_proxy::FileProxy,
    next_build::NextBuild,
    program::token,
    store::sqlite_execute,
    until,
};
use serde_json::json;

use crate::steps::{HAPPIEST, log_in, tablet};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_falls_silent_is_seen_in_the_office() {
    const HEARD: &str =
        "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/heartbeat'));";
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    staff.click(".sidebar a[href='/staff/kiosks']").await;
    staff.wait_for(".status").await;
    staff.wait_for(".live:not(.is-off)").await;
    staff.wait_for_text("#live .status-list", |text| text.contains("juuri nyt")).await;
    // What is still on its way when it is switched off would arrive later.
    until("its sign of life has arrived", async || kiosk.execute(HEARD, Vec::new()).await == true).await;
    kiosk.close().await;

    // An hour passes for the tablet of the tent, and another one is put up.
    let back = "UPDATE pairings SET last_contact = last_contact - 3600000 WHERE last_contact > 3600000";
    sqlite_execute(&demo.database_url, back).await;
    // The server has been there all the while.
    sqlite_execute(&demo.database_url, "UPDATE listening SET since = since - 3600000").await;
    let token = token(&demo.database_url, &["kiosk", "add", "--venue", "TELTTA", "--name", "Kahvila"]).await;
    let beat = json!({"device_now": 0, "seq": 0, "outbox": 0, "rejected": 0, "app_version": "0.1.0"});
    let address = format!("{}/api/v1/kiosk/heartbeat", demo.serving.base);
    let answer = reqwest::Client::new().post(address).bearer_auth(token).json(&beat).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    staff.wait_for_text(".status.is-urgent", |text| text.contains("Ei yhteyttä")).await;
    // Whoever needs somebody stands first.
    staff.wait_for_text(".status:first-child h2", |name| name.contains("Aula")).await;
    staff.wait_for_text("#live .status-list", |text| text.contains("Kahvila") && text.contains("jäljessä")).await;
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_runs_another_build_is_seen_in_the_office() {
    let demo = Demo::start().await;
    let file_proxy = FileProxy::before(&demo.serving.base).await;
    let next = NextBuild::after(&demo.serving.base).await;
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    staff.goto(format!("{}/staff/kiosks", demo.serving.base)).await;
    staff.wait_for(".live:not(.is-off)").await;
    for (build, is_another) in [(&next.old, false), (&next.new, true)] {
        let kiosk = Browser::open(Screen::TABLET).await;
        kiosk.become_tablet(file_proxy.through(&demo.tablet)).await;
        kiosk.wait_for(HAPPIEST).await;
        let version = format!("0.1.0+{build}");
        // Beside the concerns the version stands among the facts.
        staff.wait_for_text("#live .status-list", |text| text.contains(&version) && text.contains("juuri nyt")).await;
        let concerns = staff.text("#live .status-list").await.contains(&format!("aiempi versio ({version})"));
        assert_eq!(concerns, is_another, "{version}");
        kiosk.close().await;
        next.deploy(&file_proxy);
    }
    staff.close().await;
}
