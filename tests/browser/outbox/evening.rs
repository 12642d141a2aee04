//! A whole evening without a server, a reload in the middle of it, and a battery that dies.

use harness::foyer::{Foyer, Tablet};

use crate::builds::whole_build;

/// So many people come.
const AUDIENCE: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evening_without_a_server_loses_nobody() {
    let mut foyer = Foyer::open().await;
    let mut tablet = Tablet::open(&foyer.tablet).await;
    whole_build(&tablet.browser).await;
    foyer.stop().await;
    tablet.answers(70).await;
    tablet.reload().await;
    tablet.keeps("outbox", 70).await;
    tablet.answers(70).await;

    // Somebody has given one answer of two.
    tablet.begins_to_answer().await;
    tablet.dies_and_wakes().await;
    tablet.keeps("drafts", 0).await;
    tablet.keeps("outbox", 141).await;
    tablet.answers(AUDIENCE - 141).await;
    assert_eq!(tablet.kept("outbox").await, 200);

    foyer.start().await;
    tablet.hears_of_the_network().await;
    foyer.wait_for_all(AUDIENCE).await;
    tablet.keeps("outbox", 0).await;
    assert_eq!((tablet.kept("sent").await, tablet.kept("rejected").await), (200, 0));
    tablet.browser.close().await;
}
