//! What is decided about a venue, where scripts run: what is wrong is said at its field without loading a page, and
//! everything typed stays.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    store::sqlite_execute,
};
use serde_json::{Value, json};

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

/// The form of a venue, ready to be filled in.
async fn settings(demo: &Demo) -> Browser {
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, demo).await;
    staff.goto(format!("{}/staff/events", demo.serving.base)).await;
    staff.click("[aria-labelledby=venues] a[href$='/settings']").await;
    // The form listens once its island is awake.
    staff.wait_for("leptos-island[data-awake] #venue-settings").await;
    staff.execute("window.stays = true;", Vec::new()).await;
    staff
}

/// How often this page has sent its form.
async fn sent(staff: &Browser) -> Value {
    look(staff, "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/venue-settings')).length")
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_are_told_at_the_fields_what_is_wrong() {
    let demo = Demo::start().await;
    let mut staff = settings(&demo).await;
    // The answer to a form that says something that cannot be.
    staff.forgive("422 (Unprocessable");
    staff.click("input[value=hours]").await;
    put(&staff, "[name='form[week][6][from]']", "12:00").await;
    put(&staff, "#pin", "12").await;
    put(&staff, "#emails", "nobody").await;
    staff.click(SAVE).await;
    staff.wait_for("#pin-problem").await;
    assert_eq!(look(&staff, "window.stays").await, true, "no page was loaded");
    for field in ["#pin", "#emails", "[name='form[week][6][until]']"] {
        assert!(staff.has(&format!("{field}[aria-invalid=true]")).await, "{field}");
    }
    assert!(!staff.has("[name='form[week][6][from]'][aria-invalid]").await, "what is filled in is not wrong");
    assert!(!staff.text(".week tbody tr:nth-child(7) th .problem").await.is_empty(), "said below the day");
    assert!(staff.text("#emails-problem").await.contains("nobody"));
    assert_eq!(look(&staff, "document.querySelectorAll('.notice[role=alert]').length").await, 1);
    assert_eq!(look(&staff, "document.activeElement.name").await, "form[week][6][until]", "the first that is wrong");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn quiet_hours_without_an_end_are_completed_where_it_is_missing() {
    let demo = Demo::start().await;
    let mut staff = settings(&demo).await;
    staff.forgive("422 (Unprocessable");
    for [filled, missing] in [["quiet_from", "quiet_until"], ["quiet_until", "quiet_from"]] {
        put(&staff, &format!("#{filled}"), "22:00").await;
        put(&staff, &format!("#{missing}"), "").await;
        staff.click(SAVE).await;
        staff.wait_for(&format!("#{missing}[aria-invalid=true]")).await;
        assert!(!staff.has(&format!("#{filled}[aria-invalid]")).await, "{filled} is as it should be");
        assert_eq!(look(&staff, "document.activeElement.id").await, missing);
    }
    assert_eq!(look(&staff, "window.stays").await, true, "no page was loaded");
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_saved_is_sent_once_and_stays_typed() {
    let demo = Demo::start().await;
    let mut staff = settings(&demo).await;
    staff.forgive("500 (Internal");
    staff.forgive("503 (Service");
    staff.forgive("401 (Unauthorized");
    put(&staff, "#pin", "4711").await;
    sqlite_execute(&demo.database_url, "ALTER TABLE venues RENAME TO gone").await;
    staff.click(SAVE).await;
    staff.wait_for(".notice[role=alert]").await;
    sqlite_execute(&demo.database_url, "ALTER TABLE gone RENAME TO venues").await;
    assert!(look(&staff, "document.activeElement.className").await == "notice", "in sight, above all fields");
    assert_eq!(staff.violations().await, Vec::<String>::new());
    assert_eq!(sent(&staff).await, 1, "the island sends nothing by itself");

    // The session ends meanwhile.
    staff.tell("Network.clearBrowserCookies", json!({})).await;
    staff.click(SAVE).await;
    staff.wait_for(".notice a[target=_blank]").await;
    assert_eq!(look(&staff, "document.querySelectorAll('.notice[role=alert]').length").await, 1);
    assert_eq!(staff.violations().await, Vec::<String>::new());
    assert_eq!(sent(&staff).await, 2);
    let (login, here) = (look(&staff, "document.querySelector('.notice a').href").await, staff.address().await);
    let form = staff.driver.window().await.expect("a tab");
    let other = staff.driver.new_tab().await.expect("another tab");
    staff.driver.switch_to_window(other).await.expect("the other tab");
    staff.goto(login.as_str().expect("an address")).await;
    staff.write("#email", &demo.email).await;
    staff.write("#password", &demo.password).await;
    staff.click("form .button").await;
    staff.wait_for("#venue-settings").await;
    assert_eq!(staff.address().await, here, "the log-in leads back to the form");
    staff.driver.close_window().await.expect("one tab less");
    staff.driver.switch_to_window(form).await.expect("the form again");

    assert_eq!(look(&staff, "document.querySelector('#pin').value").await, "4711", "nothing has to be typed twice");
    assert_eq!(look(&staff, "window.stays").await, true);
    staff.click(SAVE).await;
    staff.wait_for(".notice[role=status]").await;
    assert_eq!(look(&staff, "document.querySelector('#pin').value").await, "4711");
    staff.close().await;
}
