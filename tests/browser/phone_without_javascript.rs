//! The visitor's own phone: no script is needed, and none is in the way.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    until,
};

use crate::steps::{ANSWERED, answered, office};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_from_a_phone_is_seen_in_the_office() {
    let demo = Demo::start().await;
    let staff = office(&demo).await;
    let before = answered(&staff).await;

    let old = Browser::open_without_javascript(Screen::PHONE).await;
    assert!(!runs_scripts(&old).await);
    answer(&old, &demo.phone).await;
    staff.wait_for_text(ANSWERED, |number| number.parse() == Ok(before + 1)).await;

    let new = Browser::open(Screen::PHONE).await;
    assert!(runs_scripts(&new).await);
    answer(&new, &demo.phone).await;
    staff.wait_for_text(ANSWERED, |number| number.parse() == Ok(before + 2)).await;
    for browser in [old, new, staff] {
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn back_and_a_change_of_mind_is_one_answer() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let phone = Browser::open(Screen::PHONE).await;
    answer(&phone, &demo.phone).await;
    assert_eq!(demo.counted().await, before + 1);
    phone.driver.back().await.expect("the page before");
    phone.wait_for(".send").await;
    assert_eq!(phone.execute(SEEN, Vec::new()).await, 0, "nothing of what was sent is shown");
    // A browser that has kept the page itself knows that it was sent.
    if shown(&phone, ".was-sent").await {
        phone.click(".was-sent [name=change]").await;
        phone.wait_for("form [name=changes]").await;
    }
    phone.click(".faces label:nth-child(4)").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    assert_eq!(demo.counted().await, before + 1, "the second answer replaces the first");
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_was_sent_says_so_and_shows_nothing_of_it() {
    // As a page that a browser keeps: it stays as it was when it was sent.
    const ELSEWHERE: &str = "document.querySelector('form').target = 'elsewhere';";
    const HERE: &str = "document.querySelector('form').target = '';";
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let phone = Browser::open(Screen::PHONE).await;
    phone.goto(&demo.phone).await;
    assert!(!shown(&phone, ".was-sent").await);
    phone.execute(ELSEWHERE, Vec::new()).await;
    phone.click(".faces label:nth-child(2)").await;
    phone.write("textarea", "Vain teille").await;
    phone.click(".send").await;
    until("it says that it was sent", async || shown(&phone, ".was-sent").await).await;
    until("it has arrived", async || demo.counted().await == before + 1).await;
    assert_eq!(phone.execute(SEEN, Vec::new()).await, 0);
    for css in [".faces", "textarea", ".send"] {
        assert!(!shown(&phone, css).await, "{css}");
    }
    assert!(phone.violations().await.is_empty());
    // Whoever saw no thanks sends it once more, and it is one answer.
    phone.execute(HERE, Vec::new()).await;
    phone.click(".was-sent .again").await;
    phone.wait_for(".spot").await;
    assert_eq!(demo.counted().await, before + 1);
    phone.close().await;
}

/// Whether something is on the screen.
async fn shown(phone: &Browser, css: &str) -> bool {
    phone.find(css).await.is_displayed().await.expect("a state")
}

/// How much of what was chosen or written can be seen.
const SEEN: &str = "return [...document.querySelectorAll(':checked, textarea')]
    .filter((field) => field.checkVisibility() && (field.checked || field.value)).length;";

/// What a form tells of whoever had it before.
const CHOSEN: &str =
    "return [document.querySelector('form').autocomplete, document.querySelectorAll(':checked').length,
    document.querySelector('textarea').value];";

/// What it may tell.
fn nothing() -> serde_json::Value {
    serde_json::json!(["off", 0, ""])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_sends_again_says_whether_it_is_somebody_else() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let phone = Browser::open_without_javascript(Screen::PHONE).await;
    answer(&phone, &demo.phone).await;
    // The same visitor: the form says so, in every language, and shows nothing of what was sent.
    phone.click(".next button").await;
    phone.wait_for("form [name=changes]").await;
    phone.click(".langs button[lang=sv]").await;
    phone.wait_for("html[lang=sv] form [name=changes]").await;
    assert_eq!(phone.execute(CHOSEN, Vec::new()).await, nothing());
    phone.click(".faces label:nth-child(2)").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    assert_eq!(demo.counted().await, before + 1, "it replaces the first");
    // Somebody else: a form of their own.
    phone.click(".next a").await;
    phone.wait_for(".send").await;
    assert!(!phone.has("form [name=changes]").await);
    assert_eq!(phone.execute(CHOSEN, Vec::new()).await, nothing());
    phone.click(".faces label:nth-child(5)").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    assert_eq!(demo.counted().await, before + 2);
    phone.close().await;
}

/// Happy, would recommend, and says something.
async fn answer(phone: &Browser, address: &str) {
    phone.goto(address).await;
    assert!(!phone.find(".follow-up").await.is_displayed().await.expect("a state"), "nothing is asked too early");
    phone.click(".faces label:nth-child(5)").await;
    phone.click(".nps label:nth-child(10)").await;
    phone.click(".follow-up[data-part=b] label:nth-child(1)").await;
    phone.write("textarea", "Kiitos, oli hienoa!").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    assert!(phone.address().await.contains("/thanks"));
}

/// Whether the scripts of pages run: a page says so itself.
async fn runs_scripts(browser: &Browser) -> bool {
    browser.goto("data:text/html,<p>no</p><script>document.querySelector('p').textContent = 'yes'</script>").await;
    browser.text("p").await == "yes"
}
