//! Importing a programme: all of it, or nothing.

use domain::{
    id::{EventId, ProductionId},
    lang::Text,
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{imports::ImportedEvent, programme::Production};
use uuid::Uuid;

on_both_databases!(what_cannot_be_imported_leaves_nothing, a_code_opens_nothing_before_its_event);

async fn event(db: &TestStore, fixture: &Fixture, code: &str) -> ImportedEvent {
    let mut one = db.everything().imported_event(fixture.event.id).await.unwrap().unwrap();
    (one.event.id, one.event.code) = (EventId(Uuid::now_v7()), code.to_owned());
    one
}

async fn what_cannot_be_imported_leaves_nothing(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let staff = db.everything();
    let production = Production::new(ProductionId(Uuid::now_v7()), Text::same("Kevätkiertue"));
    let rows = async || [db.rows("events").await, db.rows("codes").await, db.rows("productions").await];
    let before = rows().await;
    let mut fine = event(db, &fixture, "FINE22").await;
    fine.event.production = Some(production.id);
    let taken_code = event(db, &fixture, &fixture.event.code).await;
    let mut named = event(db, &fixture, "NAMED2").await;
    named.external_id = Some("42".into());
    let mut named_too = named.clone();
    (named_too.event.id, named_too.event.code) = (EventId(Uuid::now_v7()), "NAMED3".into());
    for season in [vec![fine.clone(), taken_code], vec![fine.clone(), named, named_too]] {
        let import = Uuid::now_v7();
        staff.stage_events(import, &season, TONIGHT).await.unwrap();
        assert!(staff.apply_import(import, std::slice::from_ref(&production)).await.is_err());
        staff.clear_import(import, 0).await.unwrap();
        assert_eq!(rows().await, before);
    }
    let import = Uuid::now_v7();
    staff.stage_events(import, &[fine], TONIGHT).await.unwrap();
    assert!(staff.apply_import(import, &[production]).await.unwrap());
    staff.clear_import(import, 0).await.unwrap();
    assert_eq!(rows().await, before.map(|rows| rows + 1));
    assert!(db.system().coded("fine22").await.unwrap().is_some());
}

/// An import that was killed between its pieces.
async fn a_code_opens_nothing_before_its_event(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let season = [event(db, &fixture, "LATER2").await];
    db.everything().stage_events(Uuid::now_v7(), &season, TONIGHT).await.unwrap();
    db.execute("INSERT INTO codes (code, subject) SELECT lower(code), id FROM staged_events").await;
    assert!(db.system().coded("LATER2").await.unwrap().is_none());
    let codes = db.rows("codes").await;
    db.everything().clear_import(Uuid::now_v7(), TONIGHT).await.unwrap();
    assert_eq!(db.rows("codes").await, codes, "it may still go on");
    db.everything().clear_import(Uuid::now_v7(), TONIGHT + 1).await.unwrap();
    assert_eq!(db.rows("codes").await, codes - 1);
}
