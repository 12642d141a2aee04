//! Colours that the browser forces on a page, for people who see nothing else: what is chosen is seen, and where it can be
//! touched.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};
use serde_json::json;

use crate::steps::{seat, tablet};

const FORCED: (&str, &str) = ("forced-colors", "active");

/// Which of these are not told apart from what is behind them by a border: none.
const WITHOUT_BORDER: &str = "
    const seen = (colour) => !['transparent', 'rgba(0, 0, 0, 0)'].includes(colour);
    return [...document.querySelectorAll(arguments[0])].filter((part) => {
        const { borderTopWidth, borderTopColor, borderTopStyle, backgroundColor } = getComputedStyle(part);
        return !(parseFloat(borderTopWidth) >= 1 && borderTopStyle === 'solid' && seen(borderTopColor)
            && borderTopColor !== backgroundColor);
    }).length;";

/// How the chosen one and one that is not chosen look, where a browser forces its colours.
const LOOKS: &str = "
    const look = (css) => {
        const part = document.querySelector(css);
        const { backgroundColor, color, borderTopColor } = getComputedStyle(part);
        return [backgroundColor, color, borderTopColor].join();
    };
    return [look(arguments[0]), look(arguments[1])];";

async fn differ(browser: &Browser, chosen: &str, other: &str) {
    let looks = browser.execute(LOOKS, vec![json!(chosen), json!(other)]).await;
    assert_ne!(looks[0], looks[1], "{chosen} looks as {other}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_chosen_on_a_phone_is_seen() {
    let demo = Demo::start().await;
    let phone = Browser::open(Screen::PHONE).await;
    phone.prefer(&[FORCED]).await;
    phone.goto(&demo.phone).await;
    phone.wait_for("form .faces").await;
    assert_eq!(phone.execute(WITHOUT_BORDER, vec![json!(".row label")]).await, 0);
    for group in [".faces", ".nps", ".reasons"] {
        phone.click(&format!("{group} label:nth-child(1)")).await;
        differ(&phone, &format!("{group} label:nth-child(1)"), &format!("{group} label:nth-child(2)")).await;
    }
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_be_chosen_on_a_tablet_is_seen() {
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    kiosk.prefer(&[FORCED]).await;
    let borders = async || assert_eq!(kiosk.execute(WITHOUT_BORDER, vec![json!(".answer")]).await, 0);
    borders().await;
    kiosk.tap_until(".faces .answer:nth-child(1)", ".nps").await;
    borders().await;
    kiosk.tap_until(&seat(0), ".choices.is-many").await;
    borders().await;
    let reason = ".choices .answer:nth-child(1)";
    kiosk.tap_until(reason, ".choices [aria-pressed=true]").await;
    differ(&kiosk, reason, ".choices .answer:nth-child(2)").await;
    kiosk.close().await;
}
