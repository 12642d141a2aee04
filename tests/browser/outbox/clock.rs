//! A flat battery takes the clock along. The tablet asks on without a network, and its answers are placed right
//! once the network has set the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use harness::{
    browser::{Browser, Screen},
    fault_proxy::Fault,
    proxied_server::ProxiedServer,
    test_tablet::TestTablet,
};

const HOUR: i64 = 3_600_000;

/// Sets the clock of the browser so far from the right one as `localStorage.shift` says.
const SHIFT: &str = "{
    const real = Date.now.bind(Date);
    Date.now = () => real() + Number(localStorage.shift ?? 0);
}";

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_millis()).expect("before the year 292 million")
}

async fn shift(tablet: &TestTablet, by: i64) {
    tablet.browser.execute("localStorage.shift = arguments[0];", vec![by.into()]).await;
}

/// It starts without a network, its clock so far behind; two people answer; the network comes back and sets the
/// clock, and what waits goes out.
async fn are_placed_right(server: &ProxiedServer, tablet: &TestTablet, behind: i64) {
    let before = server.stored().await.len();
    server.proxy.set(Fault::Silent);
    shift(tablet, -behind).await;
    tablet.reload().await;
    let begin = now();
    tablet.answers(2).await;
    let end = now();
    tablet.keeps("outbox", 2).await;
    shift(tablet, 0).await;
    server.proxy.set(Fault::None);
    tablet.hears_of_the_network().await;
    server.wait_for_all(before + 2).await;
    // Clocks are compared over the network, so that they are known no better than a message is quick.
    let late = now() - end + 1_000;
    tablet.keeps("outbox", 0).await;
    assert_eq!(tablet.kept("rejected").await, 0);
    for at in server.given().await.into_iter().rev().take(2) {
        assert!(
            (begin - late..=end + late).contains(&at),
            "{at} is not between {begin} and {end}, give or take {late}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_of_a_clock_that_fell_back_are_placed_right() {
    let server = ProxiedServer::open().await;
    let browser = Browser::open(Screen::TABLET).await;
    browser.prepare(SHIFT).await;
    let tablet = TestTablet::with(browser, &server.kiosk_url).await;
    tablet.answers(1).await;
    server.wait_for_all(1).await;
    server.proxy.set(Fault::Silent);
    // What it knew of the clocks at the last contact, two days ago.
    tablet.lay("settings", vec![("offset".into(), "-4".into())]).await;
    tablet.lay("settings", vec![("contact_at".into(), (now() - 48 * HOUR).to_string())]).await;
    are_placed_right(&server, &tablet, 20 * HOUR).await;
    are_placed_right(&server, &tablet, now() - 60_000).await;
    tablet.browser.close().await;
}
