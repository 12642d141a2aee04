//! Data outlives the program that wrote it.

use domain::event::Subject;
use harness::{
    fixture::Fixture,
    on_both_databases,
    store::{TestStore, sqlite},
};
use store::{Scope, open};

on_both_databases!(opening_again_finds_everything);

async fn opening_again_finds_everything(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(&*db.store).await;
    db.store.commit(&fixture.audience(20)).await.unwrap();
    let before = db.store.tally(Subject::Event(fixture.event.id), None).await.unwrap();

    let again = open(&db.url).await.unwrap();
    assert_eq!(again.tally(Subject::Event(fixture.event.id), None).await.unwrap(), before);
    assert_eq!(again.venues(&Scope::All).await.unwrap(), [fixture.venue]);
    assert_eq!(again.recount(false).await.unwrap(), []);
}

#[tokio::test]
async fn only_two_kinds_of_address_open() {
    for (url, says) in [("mysql://localhost/aplodi", "sqlite:"), ("aplodi.db", "sqlite:"), ("sqlite::memory:", "file")]
    {
        let error = open(url).await.err().expect(url);
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn sqlite_commits_are_synced() {
    let (db, _folder) = sqlite().await;
    assert_eq!(db.rows("pragma_journal_mode WHERE journal_mode = 'wal'").await, 1);
}
