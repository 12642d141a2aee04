//! A tablet whose browser cannot run the program, now or after the next update of the server.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    file_proxy::FileProxy,
    next_build::NextBuild,
    until,
};

use crate::{
    builds::{kept, look_for_a_new_build, running, whole_build},
    steps::HAPPIEST,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_is_too_old_says_so_and_stays_as_it_is() {
    const OLD: &str = "const supports = CSS.supports.bind(CSS);
        CSS.supports = (...what) => !what.join().includes('container') && supports(...what);";
    let demo = Demo::start().await;
    let mut kiosk = Browser::open(Screen::TABLET).await;
    kiosk.forgive("too old");
    kiosk.hold_the_clock().await;
    kiosk.prepare(OLD).await;
    kiosk.goto(&demo.tablet).await;
    kiosk.wait_for("#old:not([hidden])").await;
    let says = kiosk.text("#old [lang=en]").await;
    assert!(says.contains("too old") && says.contains("iPadOS 16"), "{says}");
    assert!(kiosk.has("#failed[hidden]").await && kiosk.has("#loading[hidden]").await);
    kiosk.execute("window.stayed = true;", Vec::new()).await;
    // Sixteen times as long as it would wait before it tries anew.
    for _ in 0..16 {
        kiosk.forward(15_000).await;
    }
    kiosk.look("setTimeout(arguments[0], 0);", Vec::new()).await;
    assert_eq!(kiosk.execute("return window.stayed;", Vec::new()).await, true);
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_build_that_it_cannot_run_does_not_replace_the_one_that_it_runs() {
    let demo = Demo::start().await;
    let file_proxy = FileProxy::before(&demo.serving.base).await;
    let next = NextBuild::too_new_after(&demo.serving.base).await;
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.stop_the_clock().await;
    kiosk.become_tablet(file_proxy.through(&demo.tablet)).await;
    kiosk.wait_for(HAPPIEST).await;
    assert_eq!(whole_build(&kiosk).await, next.old);
    next.deploy(&file_proxy);
    assert!(!look_for_a_new_build(&kiosk).await, "whatever it cannot run is no build");
    assert!(file_proxy.asked(&next.wasm) > 0, "it was tried");
    until("nothing of it is kept", async || kept(&kiosk).await == [next.old.clone()]).await;
    kiosk.reload().await;
    kiosk.wait_for(HAPPIEST).await;
    assert_eq!(running(&kiosk).await, next.old);
    // What this one can run comes all the same.
    let next = NextBuild::after(&demo.serving.base).await;
    next.deploy(&file_proxy);
    until("the next build waits", async || look_for_a_new_build(&kiosk).await).await;
    let greets = async || {
        kiosk.skip(5_000).await;
        running(&kiosk).await == next.new && kiosk.has(HAPPIEST).await
    };
    until("the next build greets", greets).await;
    kiosk.close().await;
}
