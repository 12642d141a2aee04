//! The server's data is lost, and a backup of an hour ago is all there is.

use std::collections::BTreeSet;

use harness::{proxied_server::ProxiedServer, test_tablet::TestTablet, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_restored_backup_lacks_comes_back_once() {
    let mut server = ProxiedServer::open().await;
    let tablet = TestTablet::open(&server.kiosk_url).await;
    tablet.answers(8).await;
    server.wait_for_all(8).await;
    tablet.keeps("outbox", 0).await;
    server.stop().await;
    server.back_up().await;
    server.start().await;
    tablet.answers(12).await;
    tablet.hears_of_the_network().await;
    server.wait_for_all(20).await;
    tablet.keeps("sent", 20).await;
    let everybody = server.stored().await;

    server.stop().await;
    tablet.answers(3).await;
    server.restore().await;
    assert_eq!(server.stored().await.len(), 8);
    server.start().await;
    tablet.hears_of_the_network().await;
    server.wait_for_all(23).await;
    assert!(server.stored().await.is_superset(&everybody));

    // Once is enough: a new page does not send them again.
    let whole = async || {
        let records = tablet.shelf("sent").await;
        let epochs: BTreeSet<&str> = records.iter().filter_map(|(_, record)| record.split('"').nth(3)).collect();
        let settings = tablet.shelf("settings").await;
        let whole = settings.iter().find(|(name, _)| name == "whole").map(|(_, epoch)| epoch.as_str());
        records.len() == 23 && epochs.len() == 1 && epochs.first().copied() == whole
    };
    until("everything is confirmed anew", whole).await;
    let posts = server.proxy.posts().len();
    tablet.reload().await;
    tablet.answers(1).await;
    server.wait_for_all(24).await;
    assert_eq!(server.proxy.posts().len(), posts + 1);
    tablet.browser.close().await;
}
