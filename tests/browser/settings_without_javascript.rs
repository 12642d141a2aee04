//! What is decided about a venue, on any old machine: the form says what is wrong, keeps what was
//! typed, and what was saved is there the next time.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};

use crate::steps::log_in;

const SAVE: &str = ".settings .actions button";

/// Puts a text in the place of what stands in a field.
async fn put(staff: &Browser, field: &str, text: &str) {
    let script = "document.querySelector(arguments[0]).value = arguments[1];";
    staff.execute(script, vec![field.into(), text.into()]).await;
}

async fn value(staff: &Browser, field: &str) -> String {
    let script = "return document.querySelector(arguments[0]).value;";
    staff.execute(script, vec![field.into()]).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_decide_about_a_venue_without_scripts() {
    let demo = Demo::start().await;
    let mut staff = Browser::open_without_javascript(Screen::DESKTOP).await;
    // The form that comes back because something is wrong.
    staff.forgive("422 (Unprocessable");
    log_in(&staff, &demo).await;
    staff.click(".sidebar a[href='/staff/events']").await;
    staff.click("[aria-labelledby=venues] a[href$='/settings']").await;
    staff.wait_for("#pin").await;
    let pin = value(&staff, "#pin").await;
    assert!(pin.len() == 6 && pin.bytes().all(|digit| digit.is_ascii_digit()), "a PIN from the beginning: {pin}");
    assert!(staff.has("input[value=always]:checked").await);

    staff.click("input[value=hours]").await;
    put(&staff, "[name='form[week][4][from]']", "17:00").await;
    put(&staff, "[name='form[week][4][until]']", "02:00").await;
    put(&staff, "[name='form[week][6][from]']", "12:00").await;
    put(&staff, "#pin", "12").await;
    put(&staff, "#emails", "nobody").await;
    put(&staff, "#quiet_from", "22:00").await;
    staff.click("[name='form[contradiction]']").await;
    staff.click(SAVE).await;
    staff.wait_for(".notice[role=alert]").await;
    for field in ["#pin", "#emails", "#quiet_until", "[name='form[week][6][until]']"] {
        assert!(staff.has(&format!("{field}[aria-invalid=true]")).await, "{field}");
    }
    for field in ["#quiet_from", "[name='form[week][6][from]']", "[name='form[week][4][from]']"] {
        assert!(!staff.has(&format!("{field}[aria-invalid]")).await, "{field}");
    }
    assert_eq!(value(&staff, "#quiet_from").await, "22:00");
    assert_eq!(value(&staff, "[name='form[week][4][until]']").await, "02:00", "nothing has to be typed twice");
    // Accessibility is judged with the other staff pages: axe itself needs scripts.

    put(&staff, "[name='form[week][6][until]']", "18:00").await;
    put(&staff, "#pin", "4711").await;
    put(&staff, "#emails", "vahti@demo.example").await;
    put(&staff, "#quiet_until", "07:00").await;
    staff.click(SAVE).await;
    staff.wait_for(".notice[role=status]").await;
    staff.click(".page-head a[href='/staff/events']").await;
    staff.click("[aria-labelledby=venues] a[href$='/settings']").await;
    staff.wait_for("#pin").await;
    assert_eq!(value(&staff, "#pin").await, "4711");
    assert_eq!(value(&staff, "[name='form[week][4][from]']").await, "17:00");
    assert_eq!(value(&staff, "[name='form[week][6][until]']").await, "18:00");
    assert_eq!(value(&staff, "#emails").await, "vahti@demo.example");
    assert_eq!(value(&staff, "#quiet_until").await, "07:00");
    assert!(!staff.has("[name='form[contradiction]']:checked").await);
    assert!(staff.has("input[value=hours]:checked").await);
    staff.close().await;
}
