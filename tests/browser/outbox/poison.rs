//! Items that will never be stored, in the middle of a full outbox.

use harness::{
    proxied_server::ProxiedServer,
    test_tablet::{TestTablet, written},
    until,
};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn poisoned_items_stand_aside_and_block_nobody() {
    let server = ProxiedServer::open().await;
    let tablet = TestTablet::open(&server.kiosk_url).await;
    let pairing = server.pairing().await;
    let mut items = written(&server.fixture, &pairing, 250);
    let unknown = Uuid::now_v7().to_string();
    items[30].1 = items[30].1.replace(&server.fixture.version.version.0.to_string(), &unknown);
    // Not even JSON, so that every batch that holds it is refused whole.
    items[130].1.truncate(90);
    let ill = [items[30].0.clone(), items[130].0.clone()];
    tablet.lay("outbox", items.clone()).await;
    tablet.reload().await;

    tablet.keeps("outbox", 0).await;
    let rejected = tablet.shelf("rejected").await;
    let ids: Vec<&String> = rejected.iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ill.iter().collect::<Vec<_>>());
    assert!(rejected[0].1.contains("survey"), "with the server's reason: {}", rejected[0].1);
    assert!(rejected[1].1.starts_with(r#"{"reason":"http 400","item":"#), "{}", rejected[1].1);
    let stored = server.stored().await;
    let healthy = items.iter().map(|(id, _)| id).filter(|id| !ill.contains(id));
    assert_eq!(stored, healthy.map(|id| id.parse().expect("an id")).collect());

    tablet.reload().await;
    let told = async || server.heartbeat().await["rejected"] == 2;
    until("the server is told of both", told).await;
    tablet.browser.close().await;
}
