//! Nothing moves under a reader while *Tonight* wakes: fonts, the line that says whether it updates itself, the numbers.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};

use crate::steps::log_in;

/// Notes, from the first moment of a page, what moves without anybody having touched anything.
const WATCH: &str = "window.moved = [];
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries()) {
            const names = sources.map(({ node }) => node?.id || node?.className || node?.nodeName);
            if (!hadRecentInput) window.moved.push(`${value}: ${names.join(', ')}`);
        }
    }).observe({ type: 'layout-shift', buffered: true });";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_moves_while_tonight_wakes() {
    let demo = Demo::start().await;
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    staff.prepare(WATCH).await;
    for screen in [Screen::DESKTOP, Screen::TABLET.turned(), Screen::PHONE] {
        staff.turn_to(screen).await;
        for lang in ["fi", "sv", "en"] {
            staff.goto(format!("{}?lang={lang}", demo.staff)).await;
            staff.wait_for(".live:not(.is-off)").await;
            let moved = staff.execute("return window.moved;", Vec::new()).await;
            assert_eq!(moved.as_array().map(Vec::len), Some(0), "{screen:?} in {lang}: {moved}");
        }
    }
    staff.close().await;
}
