//! A tap on a tablet becomes a number on the staff's screen.

use std::time::Instant;

use harness::demo::Demo;

use crate::steps::{ANSWERED, answer_but_the_last, answer_the_last, answered, office, recommends, score, tablet};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tap_in_the_foyer_is_seen_in_the_office() {
    let demo = Demo::start().await;
    let staff = office(&demo).await;
    let (before, recommended) = (answered(&staff).await, recommends(&staff).await);

    let kiosk = tablet(&demo).await;
    assert_eq!(kiosk.address().await, format!("{}/kiosk", demo.serving.base), "the token is nowhere to be read");
    answer_but_the_last(&kiosk, 9).await;
    let tapped = Instant::now();
    answer_the_last(&kiosk).await;
    staff.wait_for_text(ANSWERED, |number| number.parse() == Ok(before + 1)).await;
    println!("from the last tap to the number in the office: {} ms", tapped.elapsed().as_millis());

    let mut expected = recommended;
    expected.add(9, 1);
    assert_eq!(recommends(&staff).await, expected);
    assert_eq!(Some(score(&staff).await), expected.score());
    assert_ne!(recommended.score(), expected.score(), "one answer is enough to move the score of this season");

    staff.driver.refresh().await.expect("the page again");
    staff.wait_for(ANSWERED).await;
    assert_eq!((answered(&staff).await, recommends(&staff).await), (before + 1, expected));
    kiosk.close().await;
    staff.close().await;
}
