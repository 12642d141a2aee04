//! The screen on the stage, seen from the last row, and the link in a mail on a phone without JavaScript.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};
use store::{Scope, codes::MailCodeIssued, open, programme::Coded};

use crate::qr::read;

/// A projector's picture.
const STAGE: Screen = Screen { width: 1920, height: 1080 };

/// What a phone's camera has of a screen of 1.2 m by 2.1 m from 15 m away: 4,032 pixels over 70 degrees.
const FROM_AFAR: Screen = Screen { width: 400, height: 225 };

/// The side of the code and the size of the address's letters, each as a share of the shorter side of the screen.
const SIZES: &str = "const shorter = Math.min(innerWidth, innerHeight);
    const code = document.querySelector('.qr').getBoundingClientRect();
    const whole = code.top >= 0 && code.left >= 0 && code.bottom <= innerHeight && code.right <= innerWidth;
    const address = document.querySelector('.address');
    const fits = address.getBoundingClientRect().bottom <= innerHeight && address.scrollWidth <= innerWidth;
    return [whole && fits, code.height / shorter, parseFloat(getComputedStyle(address).fontSize) / shorter];";

fn stage_of(demo: &Demo) -> String {
    demo.phone.replace("/f/", "/stage/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_reads_the_screen_from_the_last_row() {
    let demo = Demo::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("stage.png");
    let stage = Browser::open(Screen::DESKTOP).await;
    for screen in [STAGE, STAGE.turned(), Screen::TABLET, FROM_AFAR] {
        stage.turn_to(screen).await;
        for mode in [("prefers-color-scheme", "light"), ("prefers-color-scheme", "dark"), ("forced-colors", "active")] {
            stage.prefer(&[mode]).await;
            stage.goto(stage_of(&demo)).await;
            stage.wait_for(".is-awake .qr").await;
            stage.driver.screenshot(&picture).await.expect("a picture");
            assert_eq!(read(&picture).await, demo.phone, "{screen:?} in {mode:?}");
        }
        let sizes = stage.execute(SIZES, Vec::new()).await;
        assert_eq!(sizes[0], true, "nothing is cut off: {screen:?}");
        let [code, address] = [1, 2].map(|place| sizes[place].as_f64().expect("a number"));
        assert!(code > 0.7 && address > 0.055, "{screen:?}: {code} {address}");
    }
    // Where colours are forced they are the browser's, and not the page's.
    stage.turn_to(STAGE).await;
    stage.prefer(&[("prefers-color-scheme", "light")]).await;
    let violations = stage.violations().await;
    assert!(violations.is_empty(), "{violations:?}");
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_screen_rests_and_wakes_by_itself() {
    let demo = Demo::start().await;
    let store = open(&demo.database_url).await.expect("the demo's data");
    let code = demo.phone.rsplit('/').next().expect("a code").to_owned();
    let Some(Coded::Event(event)) = store.system().coded(&code).await.expect("the code") else { panic!("no event") };
    let stage = Browser::open(STAGE).await;
    stage.hold_the_clock().await;
    stage.goto(stage_of(&demo)).await;
    stage.wait_for(".is-awake").await;
    let mut over = (*event).clone();
    over.window.until = over.window.from;
    store.system().save_event(&over).await.expect("an event");
    stage.forward_until(".is-resting").await;
    assert!(!stage.has(".qr").await);
    let violations = stage.violations().await;
    assert!(violations.is_empty(), "{violations:?}");
    store.system().save_event(&event).await.expect("an event");
    stage.forward_until(".is-awake").await;
    stage.close().await;
    // A browser without scripts has the same screen, and is told to ask again.
    let old = Browser::open_without_javascript(STAGE).await;
    old.goto(stage_of(&demo)).await;
    old.wait_for(".is-awake .qr").await;
    old.wait_for("meta[http-equiv=refresh]").await;
    old.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_in_a_mail_is_answered_without_javascript() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let store = open(&demo.database_url).await.expect("the demo's data");
    let code = demo.phone.rsplit('/').next().expect("a code").to_owned();
    let Some(Coded::Event(event)) = store.system().coded(&code).await.expect("the code") else { panic!("no event") };
    let staff = store.for_staff(Scope::All);
    let there = staff.issue_mail_code(event.id, "MAIL2").await.expect("a code");
    assert!(matches!(there, MailCodeIssued::There(_)));
    assert!(staff.set_mail_faces(event.id, None, Some(1)).await.expect("a tick"));
    let mut phone = Browser::open_without_javascript(Screen::PHONE).await;
    // Whoever presses at once gets the form again.
    phone.forgive("422 (Unprocessable");
    phone.goto(format!("{}/f/MAIL2?lang=sv&face=4", demo.serving.base)).await;
    phone.wait_for(".faces label:nth-child(4) input[checked]").await;
    assert_eq!(demo.counted().await, before, "opening is no answer");
    phone.tap_until(".send", ".spot").await;
    assert!(phone.address().await.contains("/f/MAIL2/thanks?lang=sv"), "{}", phone.address().await);
    assert_eq!(demo.counted().await, before + 1);
    phone.close().await;
}
