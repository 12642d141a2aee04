//! A whole evening without a server, a reload in the middle of it, and a battery that dies.

use harness::{proxied_server::ProxiedServer, test_tablet::TestTablet};

use crate::builds::whole_build;

/// So many people come.
const AUDIENCE: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evening_without_a_server_loses_nobody() {
    let mut server = ProxiedServer::open().await;
    let mut tablet = TestTablet::open(&server.kiosk_url).await;
    whole_build(&tablet.browser).await;
    server.stop().await;
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

    server.start().await;
    tablet.hears_of_the_network().await;
    server.wait_for_all(AUDIENCE).await;
    tablet.keeps("outbox", 0).await;
    assert_eq!((tablet.kept("sent").await, tablet.kept("rejected").await), (200, 0));
    tablet.browser.close().await;
}
