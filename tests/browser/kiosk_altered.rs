//! Something on the way changes a page: a CDN adds a script, a proxy minifies. Nothing can be kept then, and everybody
//! who looks is told why.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    file_proxy::{FileProxy, Instead},
    until,
};

use crate::{
    builds::{has_worker, whole_build},
    staff_corner::{open_sheet, pin_of},
    steps::{HAPPIEST, log_in},
};

/// What the proxy does to a page.
async fn alter(file_proxy: &FileProxy, path: &str, kind: &'static str, added: &str) {
    let page = reqwest::get(format!("{}{path}", file_proxy.base)).await.expect("an answer").text().await.expect("text");
    file_proxy.play(path, Instead::File { kind, content: (page + added).into() });
}

/// Where the script of the shell is.
async fn script(file_proxy: &FileProxy) -> String {
    let shell =
        reqwest::get(format!("{}/kiosk", file_proxy.base)).await.expect("an answer").text().await.expect("text");
    let named = |word: &&str| word.starts_with("/assets/kiosk.") && word.contains(".js");
    shell.split('"').find(named).expect("the script").to_owned()
}

/// Lets minutes pass, until something is so.
async fn minutes_until(kiosk: &Browser, what: &str, is_so: impl AsyncFn() -> bool) {
    let later = async || {
        kiosk.forward(60_000).await;
        is_so().await
    };
    until(what, later).await;
}

async fn shown(kiosk: &Browser, css: &str) -> bool {
    kiosk.has(css).await && kiosk.find(css).await.is_displayed().await.unwrap_or(false)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_changed_on_its_way_is_told_of_everywhere() {
    let demo = Demo::start().await;
    let pin = pin_of(&demo).await;
    let file_proxy = FileProxy::before(&demo.serving.base).await;
    let script = script(&file_proxy).await;
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    staff.goto(format!("{}/staff/kiosks", demo.serving.base)).await;
    staff.wait_for(".live:not(.is-off)").await;
    for (path, kind, added) in [("/kiosk", "text/html", "<!-- a CDN -->"), (&script, "text/javascript", "\n// a CDN")] {
        alter(&file_proxy, path, kind, added).await;
        let kiosk = Browser::open(Screen::TABLET).await;
        kiosk.hold_the_clock().await;
        kiosk.goto(format!("{}/kiosk", file_proxy.base)).await;
        kiosk.wait_for(".words").await;
        assert!(!shown(&kiosk, ".pairing .is-altered").await, "at once it may be a server that is being renewed");
        minutes_until(&kiosk, "the pairing says why", async || shown(&kiosk, ".pairing .is-altered").await).await;
        assert!(!shown(&kiosk, ".pairing .is-too-old").await);

        kiosk.goto("about:blank").await;
        kiosk.become_tablet(file_proxy.through(&demo.tablet)).await;
        kiosk.wait_for(HAPPIEST).await;
        let told = async |is_told: bool| {
            let says = staff.text("#live .status-list").await;
            says.contains("CDN tai välityspalvelin") == is_told
        };
        minutes_until(&kiosk, "the office is told why", async || told(true).await).await;
        open_sheet(&kiosk, &pin).await;
        kiosk.wait_for_text(".sheet", |rows| rows.contains("ei: sivu muuttuu matkalla")).await;

        // Whoever has switched it off reads that it helped.
        file_proxy.open(path);
        minutes_until(&kiosk, "a build is kept", async || has_worker(&kiosk).await).await;
        minutes_until(&kiosk, "the office hears of it", async || told(false).await).await;
        kiosk.wait_for_text(".sheet", |rows| !rows.contains("sivu muuttuu matkalla")).await;
        kiosk.close().await;
    }
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_is_too_old_for_the_next_build_is_told_of_in_the_office() {
    let demo = Demo::start().await;
    let file_proxy = FileProxy::before(&demo.serving.base).await;
    let next = harness::next_build::NextBuild::too_new_after(&demo.serving.base).await;
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    staff.goto(format!("{}/staff/kiosks", demo.serving.base)).await;
    staff.wait_for(".live:not(.is-off)").await;
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.hold_the_clock().await;
    kiosk.become_tablet(file_proxy.through(&demo.tablet)).await;
    kiosk.wait_for(HAPPIEST).await;
    assert_eq!(whole_build(&kiosk).await, next.old);
    next.deploy(&file_proxy);
    // It asks every half hour, and a minute after it was refused.
    kiosk.forward(30 * 60_000).await;
    let told = async || staff.text("#live .status-list").await.contains("selain on liian vanha palvelimen versiolle");
    minutes_until(&kiosk, "the office is told why", told).await;
    assert!(kiosk.has(HAPPIEST).await, "and it goes on");
    kiosk.close().await;
    staff.close().await;
}
