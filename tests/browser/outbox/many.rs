//! A tablet that was away for the whole season.

use std::time::{Duration, Instant};

use harness::{
    fault_proxy::Fault,
    proxied_server::ProxiedServer,
    report,
    test_tablet::{TestTablet, written},
    until_within,
};

const SEASON: usize = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_drain() {
    let server = ProxiedServer::open().await;
    let tablet = TestTablet::open(&server.kiosk_url).await;
    server.proxy.set(Fault::Silent);
    let items = written(&server.fixture, &server.pairing().await, SEASON as u64);
    tablet.lay("outbox", items).await;
    assert_eq!(tablet.kept("outbox").await, SEASON as u64);

    server.proxy.set(Fault::None);
    let began = Instant::now();
    tablet.hears_of_the_network().await;
    let patience = Duration::from_mins(5);
    until_within(patience, "the outbox drains", async || tablet.kept("outbox").await == 0).await;
    report::seen(&format!("{SEASON} responses in an outbox drained in {:.1?} (unoptimised)", began.elapsed()));
    server.wait_for_all(SEASON).await;
    assert_eq!((tablet.kept("sent").await, tablet.kept("rejected").await), (SEASON as u64, 0));
    tablet.browser.close().await;
}
