//! An agreement scale: words at five steps, on a tablet and on a phone.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::steps::{HAPPIEST, next_visitor, tablet};

/// 20 mm on a tablet of ten inches with 1280 pixels, in pixels.
const TWENTY_MILLIMETRES: f64 = 118.0;
/// The step that agrees.
const AGREES: &str = ".scale .answer:nth-child(4)";

/// A demo in which tonight's audience is asked what that of the workshop was asked: a face, how far somebody
/// agrees, a comment.
pub(crate) async fn workshop_tonight() -> Demo {
    let demo = Demo::start().await;
    let (_, code) = demo.phone.rsplit_once('/').expect("an address");
    let (code, url) = (code.to_owned(), demo.database_url.clone());
    demo.restart(async || {
        let mut data = SqliteConnection::connect(&url).await.expect("the file");
        let same =
            "UPDATE events SET survey_version = (SELECT survey_version FROM events WHERE title LIKE '%Workshop%')
            WHERE code = $1";
        let changed = sqlx::query(same).bind(code).execute(&mut data).await.expect("another survey");
        assert_eq!(changed.rows_affected(), 1);
        data.close().await.expect("closed");
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_asks_how_far_somebody_agrees() {
    let demo = workshop_tonight().await;
    let before = demo.counted().await;
    let kiosk = tablet(&demo).await;
    for screen in [Screen::TABLET, Screen::TABLET.turned()] {
        kiosk.turn_to(screen).await;
        kiosk.tap_until(HAPPIEST, AGREES).await;
        let sizes = "return [...document.querySelectorAll('.scale .answer')].map((step) => {
            const { width, height } = step.getBoundingClientRect();
            const fits = step.scrollWidth <= step.clientWidth && step.scrollHeight <= step.clientHeight;
            return [width, height, fits && step.innerText.trim().length > 3]; });";
        let sizes = kiosk.execute(sizes, Vec::new()).await;
        let sizes: Vec<(f64, f64, bool)> = serde_json::from_value(sizes).expect("sizes");
        assert_eq!(sizes.len(), 5);
        for (width, height, readable) in sizes {
            assert!(width >= TWENTY_MILLIMETRES && height >= TWENTY_MILLIMETRES, "{width} x {height}");
            assert!(readable, "the words fit");
        }
        assert_eq!(kiosk.violations().await, Vec::<String>::new());
        let named = "const group = document.querySelector('.scale');
            return [group.getAttribute('role'), document.getElementById(group.getAttribute('aria-labelledby')).innerText];";
        assert_eq!(kiosk.execute(named, Vec::new()).await, json!(["group", "Uskalsin kokeilla jotain uutta."]));
        // By keys: the button takes the focus and a press of Enter is a tap.
        let press = "document.querySelector(arguments[0]).focus();
            return document.activeElement.matches(arguments[0]);";
        assert_eq!(kiosk.execute(press, vec![json!(AGREES)]).await, true);
        kiosk.press_until(AGREES, "\u{e007}", ".comment").await;
        kiosk.tap_until(".step-on", ".thanks").await;
        next_visitor(&kiosk).await;
    }
    let all = async || demo.counted().await == before + 2;
    harness::until("both answers have arrived", all).await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_asks_it_without_a_script() {
    let demo = workshop_tonight().await;
    let before = demo.counted().await;
    let phone = Browser::open_without_javascript(Screen::PHONE).await;
    phone.goto(&demo.phone).await;
    phone.click(".steps label:nth-child(5)").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    assert_eq!(demo.counted().await, before + 1);
    phone.close().await;
}
