//! A flat battery takes the clock along. The tablet asks on without a network, and its answers are placed right
//! once the network has set the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use harness::{
    browser::{Browser, Screen},
    foyer::{Foyer, Tablet},
    proxy::Mood,
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

async fn shift(tablet: &Tablet, by: i64) {
    tablet.browser.execute("localStorage.shift = arguments[0];", vec![by.into()]).await;
}

/// It starts without a network, its clock so far behind; two people answer; the network comes back and sets the
/// clock, and what waits goes out.
async fn are_placed_right(foyer: &Foyer, tablet: &Tablet, behind: i64) {
    let before = foyer.stored().await.len();
    foyer.proxy.set(Mood::Silent);
    shift(tablet, -behind).await;
    tablet.reload().await;
    let begin = now();
    tablet.answers(2).await;
    let end = now();
    tablet.keeps("outbox", 2).await;
    shift(tablet, 0).await;
    foyer.proxy.set(Mood::Passes);
    tablet.hears_of_the_network().await;
    foyer.wait_for_all(before + 2).await;
    tablet.keeps("outbox", 0).await;
    assert_eq!(tablet.kept("rejected").await, 0);
    for at in foyer.given().await.into_iter().rev().take(2) {
        assert!((begin - 1_000..=end + 1_000).contains(&at), "{at} is not between {begin} and {end}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_of_a_clock_that_fell_back_are_placed_right() {
    let foyer = Foyer::open().await;
    let browser = Browser::open(Screen::TABLET).await;
    browser.prepare(SHIFT).await;
    let tablet = Tablet::with(browser, &foyer.tablet).await;
    tablet.answers(1).await;
    foyer.wait_for_all(1).await;
    foyer.proxy.set(Mood::Silent);
    // What it knew of the clocks at the last contact, two days ago.
    tablet.lay("settings", vec![("offset".into(), "-4".into())]).await;
    tablet.lay("settings", vec![("contact_at".into(), (now() - 48 * HOUR).to_string())]).await;
    are_placed_right(&foyer, &tablet, 20 * HOUR).await;
    are_placed_right(&foyer, &tablet, now() - 60_000).await;
    tablet.browser.close().await;
}
