//! The tablet while the server is away: visitors notice nothing, and nothing is lost or counted twice.

use harness::{demo::Demo, program::run, test_tablet::kept, until};

use crate::steps::{answer_all, next_visitor, tablet};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_given_while_the_server_is_away_arrive_once() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let mut kiosk = tablet(&demo).await;
    // What the browser itself says about a server that is not there.
    kiosk.forgive("net::ERR_");

    let demo = demo
        .restart(async || {
            for number in [9, 3] {
                answer_all(&kiosk, number).await;
                next_visitor(&kiosk).await;
            }
            assert_eq!(kept(&kiosk, "outbox").await, 2);
        })
        .await;

    until("the outbox is empty", async || kept(&kiosk, "outbox").await == 0).await;
    assert_eq!((kept(&kiosk, "sent").await, kept(&kiosk, "rejected").await), (2, 0));
    assert_eq!(demo.counted().await, before + 2);
    let recount = run(&demo.database_url, &["recount"]).await;
    assert!(recount.status.success(), "{}", String::from_utf8_lossy(&recount.stdout));
    kiosk.close().await;
}
