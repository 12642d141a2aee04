//! What is left when the program is killed or stopped in the middle of an evening: every answer that
//! it has confirmed, once.

#![expect(clippy::expect_used, reason = "a test that finds something wrong fails at once")]

mod crowd;

use aplodi::store::open;
use harness::{
    audience::House,
    program::{Serving, run, token},
    store::{TestStore, on_postgres, on_sqlite},
};
use rand::{Rng, SeedableRng, rngs::StdRng};

use self::crowd::Crowd;

/// Which moments are chosen to kill it.
const SEED: u64 = 9;

/// A crowd in front of the kiosks of a small house.
async fn crowd(db: &TestStore) -> Crowd {
    let house = House::new();
    house.open(&*db.store).await;
    let add = ["kiosk", "add", "--venue", &house.venue.code, "--name", "Foyer"];
    let token = token(&db.url, &add).await;
    Crowd::new(house, token)
}

/// Kills the program so many times while people answer, and looks at what is left.
async fn survives(db: &TestStore, kills: u32) {
    let mut moments = StdRng::seed_from_u64(SEED);
    let crowd = crowd(db).await;
    for _ in 0..kills {
        let serving = Serving::start(&db.url, &[]).await;
        let answering = crowd.answer(&serving.base);
        crowd.wait_until_confirmed(moments.random_range(1..200)).await;
        serving.kill().await;
        answering.join_all().await;
    }
    assert!(crowd.unconfirmed() > 0, "people were answering when it was killed");
    let serving = Serving::start(&db.url, &[]).await;
    crowd.send_again(&serving.base).await;
    assert!(serving.stop().await);
    assert!(crowd.sent_again() > 0);
    everything_is_there(db, &crowd).await;
}

/// Each confirmed answer is there, once, and nothing else; and the tallies say the same.
async fn everything_is_there(db: &TestStore, crowd: &Crowd) {
    let store = open::open(&db.url).await.expect("the data opens");
    let (mut stored, mut after) = (Vec::new(), None);
    loop {
        let page = store.responses(after, 1_000).await.expect("a page");
        stored.extend(page.responses.into_iter().map(|stored| stored.response.id.0));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut confirmed = crowd.confirmed();
    confirmed.sort();
    assert_eq!(stored.len(), confirmed.len());
    assert_eq!(stored, confirmed);
    let recount = run(&db.url, &["recount"]).await;
    assert!(recount.status.success(), "{}", String::from_utf8_lossy(&recount.stdout));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_what_it_confirmed_when_killed() {
    on_sqlite(async |db: &TestStore| survives(db, 20).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_keeps_what_it_confirmed_when_killed() {
    on_postgres(async |db: &TestStore| survives(db, 5).await).await;
}

harness::on_both_databases!(finishes_what_it_accepted_when_stopped);

async fn finishes_what_it_accepted_when_stopped(db: &TestStore) {
    let crowd = crowd(db).await;
    for _ in 0..3 {
        let serving = Serving::start(&db.url, &[]).await;
        let answering = crowd.answer(&serving.base);
        crowd.wait_until_confirmed(100).await;
        assert!(serving.stop().await, "it ends well");
        answering.join_all().await;
    }
    let serving = Serving::start(&db.url, &[]).await;
    crowd.send_again(&serving.base).await;
    assert!(serving.stop().await);
    everything_is_there(db, &crowd).await;
}
