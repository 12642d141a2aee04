//! Those who watch are awake: what a console or axe-core would complain about is noticed.

use harness::browser::{Browser, Screen};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn complaints_are_heard() {
    let browser = Browser::open(Screen::PHONE).await;
    let page =
        "data:text/html,<title>-</title><img><script>console.warn('a warning'); throw new Error('an error')</script>";
    browser.goto(page).await;
    let complaints = browser.complaints().await.join("\n");
    assert!(complaints.contains("a warning") && complaints.contains("an error"), "{complaints}");
    let violations = browser.violations().await.join("\n");
    assert!(violations.contains("image-alt") && violations.contains("html-has-lang"), "{violations}");
    browser.close().await;
}
