//! Somebody opens the kiosk in a second tab.

use std::collections::BTreeSet;

use harness::{fault_proxy::Fault, proxied_server::ProxiedServer, test_tablet::TestTablet};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_send_one_after_the_other() {
    let server = ProxiedServer::open().await;
    let tablet = TestTablet::open(&server.kiosk_url).await;
    let driver = &tablet.browser.driver;
    let first = driver.window().await.expect("a tab");
    server.proxy.set(Fault::Silent);
    tablet.answers(15).await;

    let second = driver.new_tab().await.expect("a tab");
    driver.switch_to_window(second.clone()).await.expect("the second tab");
    tablet.prepare().await;
    tablet.browser.goto(format!("{}/kiosk", server.proxy.base)).await;
    tablet.is_ready().await;
    tablet.answers(15).await;

    server.proxy.set(Fault::None);
    // Both hear of the network in the same moment, and people go on answering in both.
    let both =
        "const heard = new BroadcastChannel('both'); heard.postMessage(0); window.dispatchEvent(new Event('online'));";
    driver.switch_to_window(first.clone()).await.expect("the first tab");
    let listen = "new BroadcastChannel('both').onmessage = () => window.dispatchEvent(new Event('online'));";
    tablet.browser.execute(listen, Vec::new()).await;
    driver.switch_to_window(second.clone()).await.expect("the second tab");
    tablet.browser.execute(both, Vec::new()).await;
    for tab in [&first, &second, &first, &second] {
        driver.switch_to_window(tab.clone()).await.expect("a tab");
        tablet.answers(5).await;
    }
    server.wait_for_all(50).await;
    tablet.keeps("outbox", 0).await;

    let mut posts = server.proxy.posts();
    posts.retain(|post| post.fault == Fault::None);
    let sent: Vec<String> = posts.iter().flat_map(|post| post.ids.clone()).collect();
    let once: BTreeSet<&String> = sent.iter().collect();
    assert_eq!((sent.len(), once.len()), (50, 50), "nothing goes twice: {posts:?}");
    assert!(posts.iter().all(|post| !post.overlaps), "one tab at a time");
    assert_eq!(tablet.kept("sent").await, 50);
    tablet.browser.close().await;
}
