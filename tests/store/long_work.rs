//! Answers are stored while long work goes on, and before it ends.

use std::{
    cell::Cell,
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

use domain::id::{EventId, UserId};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::{TestStore, sqlite, sqlite_file},
};
use sqlx::Connection;
use store::{
    Scope,
    import_files::ImportFile,
    imports::ImportedEvent,
    responses::Outcome,
    staff::{Role, User},
    writer::Writer,
};
use uuid::Uuid;

on_both_databases!(
    answers_get_through_while_everything_is_counted_and_put_right,
    answers_get_through_while_a_season_is_imported,
    answers_get_through_while_a_file_is_kept,
);

/// Work that holds the database from its beginning to its end lets one in before it and one out with its end.
const SEVERAL: u64 = 5;

async fn answers_get_through_while_everything_is_counted_and_put_right(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    for some in fixture.audience(6_000).chunks(500) {
        db.system().commit(some).await.unwrap();
    }
    for wrong in [
        "UPDATE tallies SET count = count + 1",
        "UPDATE period_tallies SET count = count - 1",
        "UPDATE responses SET standing = 1",
    ] {
        assert!(db.execute(wrong).await > 0);
    }
    let delivered = delivered_during(db, &fixture, async {
        assert!(!db.system().recount(true).await.unwrap().is_empty());
    })
    .await;
    assert_eq!(db.rows("responses").await, 6_000 + i64::try_from(delivered).unwrap());
    assert_eq!(db.system().recount(false).await.unwrap(), [], "what came meanwhile is counted once");
}

async fn answers_get_through_while_a_season_is_imported(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let delivered = delivered_during(db, &fixture, import_a_season(db, &fixture)).await;
    assert_eq!(db.rows("events").await, 3_001);
    assert_eq!(db.rows("responses").await, i64::try_from(delivered).unwrap());
}

/// It stands in no line: SQLite looks now and then whether the writer is free.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_gets_through_while_a_season_is_imported() {
    let (db, _folder) = sqlite().await;
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let mut other = sqlite_file(&db.url).await;
    let has_ended = AtomicBool::new(false);
    let work = async {
        import_a_season(&db, &fixture).await;
        has_ended.store(true, Ordering::Release);
    };
    let writes = async {
        let mut pieces = BTreeSet::new();
        while !has_ended.load(Ordering::Acquire) {
            let mut tx = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
            let staged = sqlx::query_scalar("SELECT count(*) FROM staged_events");
            pieces.insert(staged.fetch_one(&mut *tx).await.unwrap());
            tx.commit().await.unwrap();
        }
        pieces
    };
    let ((), pieces): ((), BTreeSet<i64>) = tokio::join!(work, writes);
    assert!(pieces.len() >= 8, "of 15 pieces it had a turn after {pieces:?}");
}

async fn import_a_season(db: &TestStore, fixture: &Fixture) {
    let one = db.everything().imported_event(fixture.event.id).await.unwrap().unwrap();
    let season: Vec<ImportedEvent> = (0..3_000)
        .map(|nth| {
            let mut one = one.clone();
            (one.event.id, one.event.code) = (EventId(Uuid::now_v7()), format!("SEASON{nth}"));
            one
        })
        .collect();
    let import = Uuid::now_v7();
    db.everything().stage_events(import, &season, TONIGHT).await.unwrap();
    assert!(db.everything().apply_import(import, &[]).await.unwrap());
    db.everything().clear_import(import, TONIGHT).await.unwrap();
}

async fn answers_get_through_while_a_file_is_kept(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let user =
        User { id: UserId(Uuid::now_v7()), email: "maija@example.org".into(), role: Role::Editor, scope: Scope::All };
    db.system().add_user(&user, TONIGHT).await.unwrap();
    // As large as a file may be, and another one instead of it.
    for (nth, bytes) in [(0, 16 << 20), (1, 9 << 20)] {
        let bytes = (0..251).cycle().take(bytes).collect();
        let file = ImportFile { name: format!("kausi{nth}.xlsx"), bytes };
        delivered_during(db, &fixture, async {
            db.everything().keep_import_file(user.id, &file, TONIGHT + nth, 0).await.unwrap();
        })
        .await;
        assert_eq!(db.everything().import_file(user.id).await.unwrap(), Some(file));
    }
    assert_eq!(db.rows("import_file_pieces").await, 4 * 9, "of the one before nothing is left");
    let empty = ImportFile { name: "tyhjä.csv".into(), bytes: Vec::new() };
    db.everything().keep_import_file(user.id, &empty, TONIGHT + 2, 0).await.unwrap();
    assert_eq!(db.everything().import_file(user.id).await.unwrap(), Some(empty));
    db.everything().forget_import_file(user.id).await.unwrap();
    assert_eq!(db.rows("import_file_pieces").await, 0);
    assert_eq!(db.everything().import_file(user.id).await.unwrap(), None);
}

/// Delivers one answer after the other until the work has ended, and says how many; several of them were there before.
async fn delivered_during(db: &TestStore, fixture: &Fixture, work: impl Future<Output = ()>) -> u64 {
    let writer = Writer::start(db.store.system().clone());
    let has_ended = Cell::new(false);
    let work = async {
        work.await;
        has_ended.set(true);
    };
    let answers = async {
        let (mut delivered, mut before_the_end) = (0, 0);
        while !has_ended.get() {
            assert_eq!(writer.submit(vec![fixture.visitor().done()]).await.unwrap(), [Outcome::Stored]);
            delivered += 1;
            before_the_end += u64::from(!has_ended.get());
        }
        assert!(before_the_end >= SEVERAL, "{before_the_end} answers before the work had ended");
        delivered
    };
    let ((), delivered) = tokio::join!(work, answers);
    delivered
}
