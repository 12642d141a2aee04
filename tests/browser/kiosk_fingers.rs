//! Fingers as they are: they slip, they come in twos, they rest where they should not. And a pinch enlarges nothing that
//! the next visitor would be greeted with.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    until,
};
use serde_json::json;

use crate::steps::{HAPPIEST, tablet};

const SADDEST: &str = ".faces .answer:nth-child(1)";
const IS_DOWN: &str = "const { transform } = getComputedStyle(document.querySelector(arguments[0]));
    return transform !== 'none';";

async fn at_the_glass(demo: &Demo) -> Browser {
    let kiosk = tablet(demo).await;
    kiosk.with_fingers().await;
    kiosk
}

/// The next visitor, at once.
async fn anew(kiosk: &Browser) {
    kiosk.reload().await;
    kiosk.wait_for(HAPPIEST).await;
}

/// How often something on the first question was pressed, from now on.
async fn count_presses(kiosk: &Browser) {
    const COUNT: &str = "window.presses = 0; addEventListener('click', ({ target }) => { if (target.closest('button')) window.presses += 1; }, true);";
    kiosk.execute(COUNT, Vec::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tap_is_one_answer_however_the_fingers_come() {
    let demo = Demo::start().await;
    let kiosk = at_the_glass(&demo).await;
    let paper = kiosk.middle_of(".playbill").await;
    let (x, y) = kiosk.middle_of(HAPPIEST).await;
    for (how, down, moved) in [
        ("it stands still", vec![(x, y)], None),
        ("it moves 16 pixels", vec![(x, y)], Some(vec![(x + 16.0, y)])),
        ("another one rests on the paper", vec![paper, (x, y)], None),
        ("another one comes to the same button", vec![(x, y), (x + 20.0, y + 20.0)], None),
    ] {
        count_presses(&kiosk).await;
        kiosk.put_down(&down).await;
        until(&format!("it is seen to be pressed: {how}"), async || {
            kiosk.execute(IS_DOWN, vec![json!(HAPPIEST)]).await == true
        })
        .await;
        if let Some(moved) = moved {
            kiosk.move_fingers(&moved).await;
        }
        kiosk.lift().await;
        kiosk.wait_for(".nps").await;
        assert_eq!(kiosk.execute("return window.presses;", Vec::new()).await, 1, "{how}");
        anew(&kiosk).await;
    }
    // Two fingers on two faces: one answer, and the next question.
    kiosk.put_down(&[kiosk.middle_of(HAPPIEST).await, kiosk.middle_of(SADDEST).await]).await;
    kiosk.lift().await;
    kiosk.wait_for(".nps").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_switch_answers_without_touching_the_glass() {
    const PRESS: &str = "document.querySelector(arguments[0]).click();";
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    // Nobody has been there for a while.
    kiosk.skip(300_000).await;
    kiosk.execute(PRESS, vec![json!(HAPPIEST)]).await;
    kiosk.wait_for(".nps").await;
    // The tablet looks four times a second whether somebody is there.
    for _ in 0..2 {
        kiosk.forward(250).await;
        kiosk.skip(9_000).await;
    }
    kiosk.forward(250).await;
    assert!(kiosk.has(".nps").await && !kiosk.has(".overlay").await, "somebody is there");
    kiosk.skip(2_000).await;
    kiosk.wait_for(".overlay").await;
    kiosk.execute(PRESS, vec![json!(".overlay .button")]).await;
    until("the countdown goes", async || !kiosk.has(".overlay").await).await;
    kiosk.skip(9_000).await;
    kiosk.forward(250).await;
    assert!(kiosk.has(".nps").await && !kiosk.has(".overlay").await);
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finger_that_slides_onto_the_neighbour_answers_nothing() {
    let demo = Demo::start().await;
    let kiosk = at_the_glass(&demo).await;
    count_presses(&kiosk).await;
    let [from, to] = [kiosk.middle_of(HAPPIEST).await, kiosk.middle_of(".faces .answer:nth-child(4)").await];
    kiosk.put_down(&[from]).await;
    kiosk.move_fingers(&[to]).await;
    kiosk.lift().await;
    // Everything that a finger does to the page has been done once the next one has been.
    kiosk.put_down(&[kiosk.middle_of(".playbill").await]).await;
    kiosk.lift().await;
    assert_eq!(kiosk.execute("return window.presses;", Vec::new()).await, 0);
    let is_up = async || kiosk.execute(IS_DOWN, vec![json!(HAPPIEST)]).await == false;
    until("it is seen to be let go", is_up).await;
    assert!(kiosk.has(HAPPIEST).await);
    kiosk.close().await;
}

const FRAMES: &str = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]));";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_fingers_enlarge_nothing() {
    let demo = Demo::start().await;
    let kiosk = at_the_glass(&demo).await;
    let (x, y) = kiosk.middle_of("h1").await;
    let apart = |by: f64| [(x - by, y), (x + by, y)];
    kiosk.put_down(&apart(40.0)).await;
    for by in [80.0, 120.0, 160.0, 200.0, 240.0] {
        kiosk.move_fingers(&apart(by)).await;
    }
    kiosk.lift().await;
    kiosk.look(FRAMES, Vec::new()).await;
    assert!((kiosk.enlargement().await - 1.0).abs() < 0.01);
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_greeted_by_an_enlarged_page() {
    let demo = Demo::start().await;
    let kiosk = at_the_glass(&demo).await;
    // Some browsers enlarge a page all the same.
    kiosk.tell("Emulation.setPageScaleFactor", json!({"pageScaleFactor": 3})).await;
    let greets = async || {
        kiosk.skip(5_000).await;
        kiosk.enlargement().await < 1.01 && kiosk.has(HAPPIEST).await
    };
    until("the page is as large as it should be", greets).await;
    kiosk.close().await;
}

const ALLOWED: &str = "return [document.querySelector('meta[name=viewport]').content,
    ...['html', 'body', 'form', '.faces label'].map((part) =>
        getComputedStyle(document.querySelector(part)).touchAction)];";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_reads_the_page_of_a_phone_may_enlarge_it() {
    let demo = Demo::start().await;
    let phone = Browser::open(Screen::PHONE).await;
    phone.goto(&demo.phone).await;
    phone.wait_for("form .faces").await;
    let allowed = phone.execute(ALLOWED, Vec::new()).await;
    assert_eq!(allowed, json!(["width=device-width, initial-scale=1", "auto", "auto", "auto", "auto"]));
    phone.close().await;
}
