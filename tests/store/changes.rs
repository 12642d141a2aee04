//! Whoever watches hears what changed, once.

use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{changes::Change, open};
use tokio::sync::broadcast::{Receiver, error::TryRecvError};

on_both_databases!(one_notice_for_each_subject, pairings_and_programme);

/// The next notice; tests that wait for ever are ended by whoever runs them.
async fn next(changes: &mut Receiver<Change>) -> Change {
    changes.recv().await.unwrap()
}

async fn one_notice_for_each_subject(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let mut changes = quiet(db).await;
    let mut group = fixture.audience(20);
    group.push(fixture.visitor().without_event().done());
    db.system().commit(&group).await.unwrap();
    let venue = fixture.venue.id;
    let mut heard = [next(&mut changes).await, next(&mut changes).await];
    heard.sort();
    let event = |event| Change::Responses { venue, event };
    assert_eq!(heard, [event(None), event(Some(fixture.event.id))]);

    db.system().commit(&group).await.unwrap();
    db.system().revoke_pairing(fixture.pairing.id, TONIGHT).await.unwrap();
    assert_eq!(next(&mut changes).await, Change::Access, "duplicates change nothing");
    assert_eq!(changes.try_recv(), Err(TryRecvError::Empty));
}

async fn pairings_and_programme(db: &TestStore) {
    let fixture = Fixture::new();
    let mut changes = quiet(db).await;
    fixture.open(db.system()).await;
    for expected in [Change::Programme, Change::Programme, Change::Programme, Change::Programme, Change::Access] {
        assert_eq!(next(&mut changes).await, expected);
    }
}

/// A receiver that no earlier notice is on its way to: what a stranger's response tells comes last.
async fn quiet(db: &TestStore) -> Receiver<Change> {
    let mut changes = db.system().changes();
    let stranger = Fixture::new();
    db.system().commit(&[stranger.visitor().done()]).await.unwrap();
    let last = Change::Responses { venue: stranger.venue.id, event: Some(stranger.event.id) };
    while next(&mut changes).await != last {}
    changes
}

#[tokio::test]
async fn postgres_servers_hear_each_other() {
    harness::store::on_postgres(async |db| {
        let fixture = Fixture::new();
        fixture.open(db.system()).await;
        let other = open(&db.url).await.unwrap();
        let mut changes = other.system().changes();
        db.system().commit(&[fixture.visitor().done()]).await.unwrap();
        let expected = Change::Responses { venue: fixture.venue.id, event: Some(fixture.event.id) };
        assert_eq!(next(&mut changes).await, expected);
    })
    .await;
}
