//! Staff on any old machine: everything can be read without a script, only the live part is missing.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};

use crate::steps::{ANSWERED, answered, log_in};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_find_their_way_without_scripts() {
    let demo = Demo::start().await;
    let staff = Browser::open_without_javascript(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    let tonight = answered(&staff).await;
    assert_eq!(tonight, demo.counted().await);
    assert!(!staff.has(".live").await, "a page that does not update itself does not say so");

    staff.click(".sidebar a[href='/staff/kiosks']").await;
    staff.wait_for(".status .status-messages li").await;
    assert!(!staff.has(".live").await, "nor does that of the tablets");

    staff.click(".sidebar a[href='/staff/events']").await;
    staff.wait_for(".dated").await;
    let code = demo.phone.rsplit_once('/').expect("an address").1;
    let event = demo.tonight().await["id"].as_str().expect("an id").to_owned();
    staff.click(&format!(".dated a[href='/staff/events/{event}']")).await;
    staff.wait_for(ANSWERED).await;
    assert_eq!(answered(&staff).await, tonight);
    staff.click(".panel .as-table summary").await;
    staff.wait_for(".panel .as-table[open] td").await;

    staff.click(".page-head a[href$='/poster']").await;
    staff.wait_for(".poster svg.qr").await;
    assert!(staff.text(".poster .address").await.ends_with(&format!("/f/{code}")));
    staff.click(".poster-tools a:nth-of-type(3)").await;
    staff.wait_for(".poster.a3").await;

    staff.goto(&demo.staff).await;
    staff.click("form[action='/staff/logout'] button").await;
    staff.wait_for("#password").await;
    staff.goto(&demo.staff).await;
    staff.wait_for("#password").await;
    staff.close().await;
}

/// Whoever closes the house types how many were there into the phone in their hand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_many_were_there_is_typed_on_a_phone() {
    let demo = Demo::start().await;
    let mut staff = Browser::open_without_javascript(Screen::PHONE).await;
    staff.forgive("422 (Unprocessable Entity)");
    log_in(&staff, &demo).await;
    staff.wait_for("#attendance").await;
    staff.find("#attendance").await.clear().await.expect("an empty field");
    staff.write("#attendance", "many").await;
    staff.click("[aria-labelledby=audience] button").await;
    staff.wait_for("#attendance-problem").await;
    staff.find("#attendance").await.clear().await.expect("an empty field");
    staff.write("#attendance", "5000").await;
    staff.click("#attendance_kind option[value=counted]").await;
    staff.click("[aria-labelledby=audience] button").await;
    staff.wait_for(".notice.is-good").await;
    let answered = answered(&staff).await;
    let rate = staff.text(".panel:has(#answered) .says").await;
    assert!(answered > 0 && rate.contains("5000"), "{rate}");
    assert_eq!(demo.tonight().await["attendance"], 5_000);
    staff.close().await;
}
