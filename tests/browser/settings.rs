//! What is decided about a venue, where scripts run: what is wrong is said at its field without loading a page, and
//! everything typed stays.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};
use serde_json::Value;

use crate::steps::log_in;

const SAVE: &str = ".settings .actions button";

/// Puts a text in the place of what stands in a field.
async fn put(staff: &Browser, field: &str, text: &str) {
    let script = "document.querySelector(arguments[0]).value = arguments[1];";
    staff.execute(script, vec![field.into(), text.into()]).await;
}

async fn look(staff: &Browser, script: &str) -> Value {
    staff.execute(&format!("return {script};"), Vec::new()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_are_told_at_the_fields_what_is_wrong() {
    let demo = Demo::start().await;
    let mut staff = Browser::open(Screen::DESKTOP).await;
    // The answer to a form that says something that cannot be.
    staff.forgive("422 (Unprocessable");
    log_in(&staff, &demo).await;
    staff.goto(format!("{}/staff/events", demo.serving.base)).await;
    staff.click("[aria-labelledby=venues] a[href$='/settings']").await;
    // The form listens once its island is awake.
    staff.wait_for("leptos-island[data-awake] #venue-settings").await;
    staff.execute("window.stays = true;", Vec::new()).await;

    staff.click("input[value=hours]").await;
    put(&staff, "[name='form[week][6][from]']", "12:00").await;
    put(&staff, "#pin", "12").await;
    put(&staff, "#emails", "nobody").await;
    staff.click(SAVE).await;
    staff.wait_for("#pin-problem").await;
    assert_eq!(look(&staff, "window.stays").await, true, "no page was loaded");
    for css in
        ["#pin[aria-invalid=true]", "#emails[aria-invalid=true]", "[name='form[week][6][until]'][aria-invalid=true]"]
    {
        assert!(staff.has(css).await, "{css}");
    }
    assert!(staff.text("#emails-problem").await.contains("nobody"));
    assert_eq!(look(&staff, "document.querySelectorAll('.notice[role=alert]').length").await, 1);
    assert_eq!(look(&staff, "document.activeElement.name").await, "form[week][6][from]", "the first that is wrong");
    assert_eq!(look(&staff, "document.querySelector('#pin').value").await, "12", "nothing has to be typed twice");
    assert_eq!(staff.violations().await, Vec::<String>::new());

    put(&staff, "#pin", "4711").await;
    staff.click(SAVE).await;
    staff.wait_for_end_of("#pin-problem").await;
    assert!(!staff.has("#pin[aria-invalid]").await && staff.has("#emails[aria-invalid]").await);
    assert_eq!(look(&staff, "document.querySelector('#pin').getAttribute('aria-describedby')").await, "pin-help");

    put(&staff, "[name='form[week][6][until]']", "18:00").await;
    put(&staff, "#emails", "vahti@demo.example").await;
    staff.click(SAVE).await;
    staff.wait_for(".notice[role=status]").await;
    assert_eq!(look(&staff, "document.querySelector('#pin').value").await, "4711");
    assert_eq!(look(&staff, "document.querySelector('#emails').value").await, "vahti@demo.example");
    staff.close().await;
}
