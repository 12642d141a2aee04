//! A new build comes between two visitors, whole or not at all.

use axum::body::Bytes;
use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    file_proxy::{FileProxy, Instead},
    next_build::NextBuild,
    until,
};

use crate::{
    builds::{has_worker, keep, kept, look_for_a_new_build, running, whole_build},
    steps::{HAPPIEST, answer_the_last, seat},
};

/// A demo behind a proxy, a tablet that keeps its build, and the build that will come.
struct Setup {
    demo: Demo,
    file_proxy: FileProxy,
    next: NextBuild,
    kiosk: Browser,
}

impl Setup {
    async fn set_up() -> Self {
        let demo = Demo::start().await;
        let file_proxy = FileProxy::before(&demo.serving.base).await;
        let next = NextBuild::after(&demo.serving.base).await;
        let kiosk = Browser::open(Screen::TABLET).await;
        kiosk.stop_the_clock().await;
        kiosk.become_tablet(file_proxy.through(&demo.tablet)).await;
        kiosk.wait_for(HAPPIEST).await;
        assert_eq!(whole_build(&kiosk).await, next.old);
        Self { demo, file_proxy, next, kiosk }
    }

    /// Waits until the tablet greets with this build and keeps nothing else.
    async fn greets_with(&self, build: &str) {
        let there = async || {
            // Nobody touches it.
            self.kiosk.skip(5_000).await;
            running(&self.kiosk).await == build && self.kiosk.has(HAPPIEST).await && kept(&self.kiosk).await == [build]
        };
        until(&format!("the build {build} greets, and nothing else is kept"), there).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_finishes_on_the_old_build_and_the_next_one_gets_the_new() {
    let setup = Setup::set_up().await;
    let Setup { demo, file_proxy, next, kiosk } = &setup;
    let before = demo.counted().await;
    kiosk.tap_until(HAPPIEST, ".nps").await;

    next.deploy(file_proxy);
    assert!(look_for_a_new_build(kiosk).await, "the new build is there, and waits");
    let old = async || assert_eq!(running(kiosk).await, next.old, "a visitor is answering");
    old().await;
    kiosk.tap_until(&seat(9), ".choices").await;
    old().await;
    kiosk.tap_until(".choices .answer:nth-child(1)", ".comment").await;
    old().await;
    answer_the_last(kiosk).await;
    old().await;

    setup.greets_with(&next.new).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;
    until("the first answer arrives", async || demo.counted().await == before + 1).await;
    setup.kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_build_that_does_not_arrive_whole_leaves_the_old_one_working() {
    let mut setup = Setup::set_up().await;
    // What the browser itself says about downloads that fail.
    setup.kiosk.forgive("net::ERR_");
    setup.kiosk.forgive("Failed to load resource");
    let Setup { file_proxy, next, kiosk, .. } = &setup;
    let (kind, wasm) = next.file(&next.wasm);
    let file = |content: Bytes| Instead::File { kind, content };
    let login = Instead::File { kind: "text/html", content: "<h1>Welcome to the hotel</h1>".into() };
    for (what, instead) in [
        ("the connection breaks", Instead::Half { kind, content: wasm.clone() }),
        ("half of it looks like the whole", file(wasm.slice(..wasm.len() / 2))),
        ("it is another file", file(Bytes::from_static(b"\0asm\x01\0\0\0"))),
        ("a login page is in the way", login),
        ("it is not there", Instead::Status(404)),
        ("the server is ill", Instead::Status(503)),
    ] {
        let before = file_proxy.asked(&next.wasm);
        next.deploy(file_proxy);
        file_proxy.play(&next.wasm, instead);
        assert!(!look_for_a_new_build(kiosk).await, "half a build is no build: {what}");
        assert!(file_proxy.asked(&next.wasm) > before, "it was tried: {what}");
        // The page that was just loaded may have asked as well, and then forgets what it got in its turn.
        until(&format!("nothing of it is kept: {what}"), async || kept(kiosk).await == [next.old.clone()]).await;
        kiosk.driver.refresh().await.expect("the page again");
        kiosk.wait_for(HAPPIEST).await;
        assert_eq!(running(kiosk).await, next.old, "{what}");
    }
    kiosk.tap_until(HAPPIEST, ".nps").await;
    kiosk.driver.refresh().await.expect("the page again");

    next.deploy(file_proxy);
    look_for_a_new_build(kiosk).await;
    setup.greets_with(&next.new).await;
    setup.kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_build_that_does_not_arrive_whole_is_asked_for_again() {
    let demo = Demo::start().await;
    let file_proxy = FileProxy::before(&demo.serving.base).await;
    let worker =
        reqwest::get(format!("{}/sw.js", file_proxy.base)).await.expect("the worker").text().await.expect("a text");
    let late = worker.split('"').find(|word| word.starts_with("/assets/corner-sheet.")).expect("what loads late");
    file_proxy.play(late, Instead::Status(503));
    let mut kiosk = Browser::open(Screen::TABLET).await;
    kiosk.forgive("Failed to load resource");
    kiosk.stop_the_clock().await;
    kiosk.become_tablet(file_proxy.through(&demo.tablet)).await;
    kiosk.wait_for(HAPPIEST).await;
    until("the first build has failed", async || file_proxy.asked(late) >= 2 && !has_worker(&kiosk).await).await;

    file_proxy.open(late);
    let again = async || {
        kiosk.forward(60_000).await;
        has_worker(&kiosk).await
    };
    until("it is asked for again", again).await;
    whole_build(&kiosk).await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tab_keeps_its_build_while_another_one_runs_the_next() {
    let setup = Setup::set_up().await;
    let Setup { file_proxy, next, kiosk, .. } = &setup;
    let mut builds = [next.old.clone(), next.new.clone()];
    builds.sort();
    kiosk.tap_until(HAPPIEST, ".nps").await;
    let answering = kiosk.driver.window().await.expect("a tab");
    let other = kiosk.driver.new_tab().await.expect("another tab");
    kiosk.driver.switch_to_window(other).await.expect("the other tab");
    kiosk.stop_the_clock().await;
    kiosk.goto(format!("{}/kiosk", file_proxy.base)).await;
    kiosk.wait_for(HAPPIEST).await;

    next.deploy(file_proxy);
    assert!(look_for_a_new_build(kiosk).await);
    // A build that no page runs, so that it can be seen when the others are forgotten.
    keep(kiosk, "forgotten").await;
    let there = async || {
        kiosk.skip(5_000).await;
        running(kiosk).await == next.new && kiosk.has(HAPPIEST).await && kept(kiosk).await == builds
    };
    until("the idle tab runs the new build, and only what no page runs is forgotten", there).await;

    kiosk.driver.switch_to_window(answering).await.expect("the first tab");
    assert_eq!(running(kiosk).await, next.old);
    kiosk.tap_until(&seat(9), ".choices").await;
    kiosk.tap_until(".choices .answer:nth-child(1)", ".comment").await;
    answer_the_last(kiosk).await;
    setup.greets_with(&next.new).await;
    setup.kiosk.close().await;
}
