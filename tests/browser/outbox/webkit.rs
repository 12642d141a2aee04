//! The same evening on `WebKit`, which every iPad has: without a battery that dies, because this one forgets
//! everything when it ends.

use harness::{
    browser::{Browser, Screen},
    proxied_server::ProxiedServer,
    test_tablet::TestTablet,
};

use crate::builds::whole_build;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evening_without_a_server_loses_nobody_on_webkit() {
    let browser = match Browser::open_webkit(Screen::TABLET).await {
        Ok(browser) => browser,
        Err(why) => return println!("skipped: {why}"),
    };
    let mut server = ProxiedServer::open().await;
    let tablet = TestTablet::with(browser, &server.kiosk_url).await;
    whole_build(&tablet.browser).await;
    server.stop().await;
    tablet.answers(20).await;
    tablet.begins_to_answer().await;
    tablet.reload().await;
    tablet.keeps("drafts", 0).await;
    tablet.answers(19).await;
    assert_eq!(tablet.kept("outbox").await, 40);

    server.start().await;
    tablet.hears_of_the_network().await;
    server.wait_for_all(40).await;
    tablet.keeps("outbox", 0).await;
    assert_eq!((tablet.kept("sent").await, tablet.kept("rejected").await), (40, 0));
    tablet.browser.close().await;
}
