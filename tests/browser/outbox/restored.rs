//! The server's data is lost, and a backup of an hour ago is all there is.

use std::{collections::BTreeSet, time::Duration};

use harness::{
    foyer::{Foyer, Tablet},
    until_within,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_restored_backup_lacks_comes_back_once() {
    let mut foyer = Foyer::open().await;
    let tablet = Tablet::open(&foyer.tablet).await;
    tablet.answers(8).await;
    foyer.wait_for_all(8).await;
    tablet.keeps("outbox", 0).await;
    foyer.stop().await;
    foyer.back_up().await;
    foyer.start().await;
    tablet.answers(12).await;
    tablet.hears_of_the_network().await;
    foyer.wait_for_all(20).await;
    tablet.keeps("sent", 20).await;
    let everybody = foyer.stored().await;

    foyer.stop().await;
    tablet.answers(3).await;
    foyer.restore().await;
    assert_eq!(foyer.stored().await.len(), 8);
    foyer.start().await;
    tablet.hears_of_the_network().await;
    foyer.wait_for_all(23).await;
    assert!(foyer.stored().await.is_superset(&everybody));

    // Once is enough: a new page does not send them again.
    let whole = async || {
        let records = tablet.shelf("sent").await;
        let epochs: BTreeSet<&str> = records.iter().filter_map(|(_, record)| record.split('"').nth(3)).collect();
        let settings = tablet.shelf("settings").await;
        let whole = settings.iter().find(|(name, _)| name == "whole").map(|(_, epoch)| epoch.as_str());
        records.len() == 23 && epochs.len() == 1 && epochs.first().copied() == whole
    };
    until_within(Duration::from_mins(1), "everything is confirmed anew", whole).await;
    let posts = foyer.proxy.posts().len();
    tablet.reload().await;
    tablet.answers(1).await;
    foyer.wait_for_all(24).await;
    assert_eq!(foyer.proxy.posts().len(), posts + 1);
    tablet.browser.close().await;
}
