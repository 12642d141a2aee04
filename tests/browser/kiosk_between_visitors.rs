//! What one visitor must not leave to the next: a page in the browser's history, words in the keyboard, a translation that
//! a browser has laid over the screen.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};
use serde_json::json;

use crate::steps::{HAPPIEST, seat, tablet};

const PAGES_BEHIND: &str = "return history.length;";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_swipe_leads_back_to_what_staff_have_read() {
    let demo = Demo::start().await;
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.goto(format!("{}/kiosk", demo.serving.base)).await;
    kiosk.wait_for(".words").await;
    let before = kiosk.execute(PAGES_BEHIND, Vec::new()).await;
    kiosk.click(".pairing a").await;
    kiosk.wait_for(".guide").await;
    kiosk.click(".langs a[lang=sv]").await;
    kiosk.wait_for("html[lang=sv] .guide").await;
    kiosk.click(".contents a[href='#pair']").await;
    kiosk.click(".ways a[href='/kiosk']").await;
    kiosk.wait_for(".words").await;
    assert_eq!(kiosk.execute(PAGES_BEHIND, Vec::new()).await, before);
    kiosk.close().await;
}

const TOLD: &str = "const field = document.querySelector('.comment textarea');
        return ['autocomplete', 'autocorrect', 'autocapitalize', 'spellcheck'].map((name) => field.getAttribute(name));";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_keyboard_learns_what_is_written() {
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;
    kiosk.tap_until(&seat(9), ".choices").await;
    kiosk.tap_until(".choices .answer:nth-child(1)", ".comment").await;
    assert_eq!(kiosk.execute(TOLD, Vec::new()).await, json!(["off", "off", "off", "false"]));
    for lang in ["fi", "sv", "en"] {
        kiosk.goto(format!("{}/kiosk/help?lang={lang}", demo.serving.base)).await;
        for (part, app) in [("ipad", "→"), ("android", "Gboard")] {
            let says = kiosk.text(&format!("#{part}")).await;
            assert!(says.contains(app), "{lang}: {part} says where prediction is switched off: {says}");
        }
    }
    kiosk.close().await;
}

const SAYS: &str = "return [document.documentElement.translate, document.querySelector('meta[name=google]')?.content];";

const TRANSLATE: &str = "
        const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (words.nextNode()) if (words.currentNode.data.trim()) texts.push(words.currentNode);
        for (const text of texts) {
            const [outer, inner] = ['font', 'font'].map((name) => document.createElement(name));
            inner.textContent = 'x' + text.data;
            outer.append(inner);
            text.replaceWith(outer);
        }
        return document.documentElement.translate;";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_browser_translates_the_tablet_and_a_phone_sends_the_same_keys() {
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    assert_eq!(kiosk.execute(SAYS, Vec::new()).await, json!([false, "notranslate"]));
    kiosk.close().await;

    let before = demo.counted().await;
    let phone = Browser::open(Screen::PHONE).await;
    phone.goto(&demo.phone).await;
    phone.wait_for("form .faces").await;
    // As a browser does it: every text becomes two elements around another one.
    assert_eq!(phone.execute(TRANSLATE, Vec::new()).await, true, "a page for readers may be translated");
    phone.click(".faces label:nth-child(5)").await;
    phone.click(".send").await;
    phone.wait_for(".spot").await;
    assert_eq!(demo.counted().await, before + 1);
    phone.close().await;
}
