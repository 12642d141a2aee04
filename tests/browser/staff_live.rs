//! A page of the staff that stays open: in tabs that nobody looks at, over the night, after its reader was logged out.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    until,
};

use crate::steps::{ANSWERED, log_in, office};

/// Counts the streams of events that are open.
const COUNT: &str = "window.streams = [];
    window.EventSource = class extends EventSource {
        constructor(...how) { super(...how); window.streams.push(this); }
    };";
const OPEN: &str = "return window.streams.filter((stream) => stream.readyState !== 2).length;";

/// The tab is covered by another one, or seen again.
async fn look_away(staff: &Browser, away: bool) {
    const LOOK: &str = "Object.defineProperty(document, 'hidden', { configurable: true, get: () => arguments[0] });
        document.dispatchEvent(new Event('visibilitychange'));";
    staff.execute(&LOOK.replace("arguments[0]", if away { "true" } else { "false" }), Vec::new()).await;
}

/// The office, with a clock that a test moves.
async fn held_office(demo: &Demo) -> Browser {
    let staff = Browser::open(Screen::DESKTOP).await;
    staff.hold_the_clock().await;
    staff.prepare(COUNT).await;
    log_in(&staff, demo).await;
    staff.wait_for(".live:not(.is-off)").await;
    staff
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tab_that_nobody_sees_lets_its_stream_go_and_catches_up() {
    let demo = Demo::start().await;
    let staff = held_office(&demo).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 1);
    look_away(&staff, true).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 0);
    let before: u64 = staff.text(ANSWERED).await.parse().expect("a number");
    let phone = Browser::open(Screen::PHONE).await;
    phone.goto(&demo.phone).await;
    phone.click(".faces label:nth-child(5)").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    phone.close().await;
    look_away(&staff, false).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 1);
    staff.wait_for_text(ANSWERED, |now| now == (before + 1).to_string()).await;
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seven_tabs_leave_room_for_an_eighth() {
    let demo = Demo::start().await;
    let staff = office(&demo).await;
    for _ in 0..7 {
        let tab = staff.driver.new_tab().await.expect("a tab");
        staff.driver.switch_to_window(tab).await.expect("the tab");
        staff.goto(&demo.staff).await;
        staff.wait_for(".live:not(.is-off)").await;
        // A browser without a screen shows all its tabs at once.
        look_away(&staff, true).await;
    }
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_logged_out_elsewhere_reads_no_numbers_and_comes_back() {
    const LOG_OUT: &str = "const done = arguments[0];
        fetch('/staff/logout', { method: 'POST', redirect: 'manual' }).then(() => done());";
    let demo = Demo::start().await;
    let staff = held_office(&demo).await;
    staff.wait_for_script(LOG_OUT, Vec::new()).await;
    staff.forward(60_000).await;
    staff.wait_for_text("#live-state", |says| says.starts_with("Olet kirjautunut ulos.")).await;
    until("the numbers are gone", async || !staff.has(ANSWERED).await).await;
    assert_eq!(staff.execute(OPEN, Vec::new()).await, 0, "it listens no more");
    assert!(staff.has("#live-state a[href='/staff/login?next=%2Fstaff']").await);
    // In another tab.
    let here = staff.driver.window().await.expect("this tab");
    let other = staff.driver.new_tab().await.expect("a tab");
    staff.driver.switch_to_window(other).await.expect("the tab");
    log_in(&staff, &demo).await;
    staff.driver.switch_to_window(here).await.expect("the first tab");
    look_away(&staff, false).await;
    staff.wait_for(ANSWERED).await;
    staff.wait_for(".live:not(.is-off)").await;
    staff.close().await;
}
