//! The tablet between visitors: everybody finds it in the venue's language, and nobody is thrown out
//! without being asked.

use harness::{demo::Demo, until};
use sqlx::{Connection, SqliteConnection};

use crate::steps::{HAPPIEST, answer_all, next_visitor, seat, tablet};

const QUESTION: &str = "#q";
/// The demo's questions as they open, and what each language calls itself.
const LANGUAGES: [(&str, &str); 3] =
    [("fi", "Millainen ilta sinulla oli?"), ("sv", "Hur var din kväll?"), ("en", "How was your evening?")];
/// As the server sets it: the countdown comes after so long, and runs as long again, in milliseconds.
const IDLE: u32 = 20_000;

fn switch(language: &str) -> String {
    format!(".langs button[lang={language}]")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_visitor_begins_in_the_language_of_the_venue() {
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    for (language, question) in LANGUAGES.into_iter().rev() {
        kiosk.click(&switch(language)).await;
        kiosk.wait_for_text(QUESTION, |text| text == question).await;
        kiosk.wait_for(&format!("html[lang={language}]")).await;
        kiosk.wait_for(&format!("{}[aria-pressed=true]", switch(language))).await;
    }
    kiosk.click(&switch("sv")).await;
    kiosk.wait_for("html[lang=sv]").await;
    answer_all(&kiosk, 10).await;
    assert_eq!(kiosk.text(".thanks h1").await, "Tack!");
    next_visitor(&kiosk).await;
    assert_eq!(kiosk.text(QUESTION).await, LANGUAGES[0].1);
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_hesitates_is_asked_and_whoever_leaves_has_answered() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let kiosk = tablet(&demo).await;

    kiosk.skip(2 * IDLE).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;
    assert!(!kiosk.has(".overlay").await, "a tablet that nobody has touched asks nobody");

    kiosk.skip(IDLE).await;
    kiosk.wait_for(".overlay[role=alertdialog]").await;
    kiosk.wait_for(".paper[inert]").await;
    kiosk.click(".overlay .button").await;
    kiosk.wait_for_end_of(".overlay").await;
    kiosk.wait_for_end_of("[inert]").await;
    assert!(kiosk.has(&seat(9)).await, "the question stayed where it was");
    assert_eq!(demo.counted().await, before, "nobody has finished yet");

    kiosk.skip(IDLE).await;
    kiosk.wait_for(".overlay").await;
    kiosk.skip(IDLE).await;
    kiosk.wait_for(".is-attract").await;
    until("the answer of who left is counted", async || demo.counted().await == before + 1).await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_said_enough_says_so() {
    let demo = Demo::start().await;
    let mut data = SqliteConnection::connect(&demo.database_url).await.expect("the demo's data");
    let mut said_enough = async || -> i64 {
        let count = "SELECT count(*) FROM responses WHERE ended = 'exit'";
        sqlx::query_scalar(count).fetch_one(&mut data).await.expect("a number")
    };
    let (before, exits) = (demo.counted().await, said_enough().await);
    let kiosk = tablet(&demo).await;
    assert!(!kiosk.has(".exit").await, "who has said nothing walks on");
    kiosk.tap_until(HAPPIEST, ".nps").await;
    kiosk.tap_until(".exit", ".thanks").await;
    until("the answer arrives", async || demo.counted().await == before + 1).await;
    assert_eq!(said_enough().await, exits + 1);
    next_visitor(&kiosk).await;
    kiosk.close().await;
}
