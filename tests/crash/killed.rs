//! The program is killed, or asked to stop, while people answer.

use harness::{
    fixture::Fixture,
    program::{Serving, token},
    report,
    store::{TestStore, on_postgres, on_sqlite},
};
use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::{aftermath::everything_is_there, crowd::Crowd};

/// Which moments are chosen to kill it.
const SEED: u64 = 9;

/// A crowd in front of the kiosks of a small fixture.
pub(crate) async fn crowd(db: &TestStore) -> Crowd {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let add = ["kiosk", "add", "--venue", &fixture.venue.code, "--name", "Foyer"];
    let token = token(&db.url, &add).await;
    Crowd::new(fixture, token)
}

/// Kills the program so many times while people answer, and looks at what is left.
async fn survives(db: &TestStore, database: &str, kills: u32) {
    let kills = report::cycles(kills);
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
    everything_is_there(&db.url, &crowd).await;
    let (confirmed, again) = (crowd.confirmed().len(), crowd.sent_again());
    report::seen(&format!(
        "{database}, killed {kills} times: {confirmed} answers confirmed, {again} sent again, 0 lost"
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_what_it_confirmed_when_killed() {
    on_sqlite(async |db: &TestStore| survives(db, "SQLite", 20).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_keeps_what_it_confirmed_when_killed() {
    on_postgres(async |db: &TestStore| survives(db, "PostgreSQL", 5).await).await;
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
    everything_is_there(&db.url, &crowd).await;
}
