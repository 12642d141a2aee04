//! A tablet that starts where no server answers opens with its question, and what is answered there arrives.

use harness::{browser::Browser, demo::Demo, until};

use crate::{
    builds::whole_build,
    steps::{HAPPIEST, answer_all, tablet},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_whose_battery_was_flat_starts_without_a_server() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let mut kiosk = tablet(&demo).await;
    // What the browser itself says about a server that is not there.
    kiosk.forgive("net::ERR_");
    whole_build(&kiosk).await;
    let home = kiosk.address().await;

    let demo = demo
        .restart(async || {
            kiosk.driver.refresh().await.expect("the page again");
            kiosk.wait_for(HAPPIEST).await;
            kiosk.kill_and_start_again().await;
            kiosk.goto(&home).await;
            kiosk.wait_for(HAPPIEST).await;
            until("letters look as they always do", async || font_is_there(&kiosk).await).await;
            answer_all(&kiosk, 9).await;
            kiosk.kill_and_start_again().await;
            kiosk.goto(&home).await;
            kiosk.wait_for(HAPPIEST).await;
        })
        .await;

    until("the answer arrives", async || demo.counted().await == before + 1).await;
    kiosk.close().await;
}

async fn font_is_there(kiosk: &Browser) -> bool {
    const LOADED: &str = "
        const done = arguments[0];
        document.fonts.ready.then((fonts) => done([...fonts].some((font) => font.status === 'loaded')));";
    kiosk.look(LOADED, Vec::new()).await == true
}
