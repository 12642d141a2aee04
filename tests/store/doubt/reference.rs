//! What earlier events say about later ones.

use domain::{
    event::EventSource,
    id::EventId,
    response::Channel,
    time::{DAY, LocalDay, SECOND},
};
use harness::{
    fixture::{Fixture, TODAY, TONIGHT, Visitor},
    on_both_databases,
    store::TestStore,
};
use store::{placing::NewPlace, responses::NewResponse};
use uuid::Uuid;

use super::{CHILD, commit, flags_of, open_fixture, settle, taps};

on_both_databases!(
    late_answers_of_an_earlier_evening_make_later_ones_due,
    another_production_is_no_reference,
    an_evening_that_moves_to_another_production_makes_later_ones_due,
    an_imported_evening_of_another_production_makes_later_ones_due,
    answers_that_leave_an_evening_make_later_ones_due,
);

/// The evening before, of the same production.
async fn yesterday(db: &TestStore, fixture: &Fixture) -> EventId {
    let mut event = fixture.event.clone();
    event.id = EventId(Uuid::now_v7());
    event.code = "EILEN".into();
    event.starts_at -= DAY;
    event.ends_at -= DAY;
    event.window.from -= DAY;
    event.window.until -= DAY;
    event.doors_at = event.doors_at.map(|at| at - DAY);
    db.system().save_event(&event).await.unwrap();
    event.id
}

/// People who did not like it, as staff wrote them down.
fn on_paper(fixture: &Fixture, event: EventId, size: i64) -> Vec<NewResponse> {
    let typed = |nth| {
        let mut typed: Visitor = fixture.visitor().face(1).nps(0).after(nth * SECOND - DAY);
        typed.response.channel = Channel::Paper;
        typed.response.event = Some(event);
        typed.place.event = Some(event);
        typed.place.kiosk = None;
        typed.place.local_day = LocalDay(TODAY.0 - 1);
        typed.done()
    };
    (0..size).map(typed).collect()
}

async fn late_answers_of_an_earlier_evening_make_later_ones_due(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let tonight = taps(&fixture, 0, 8);
    commit(db, &tonight).await;
    settle(db).await;
    assert_eq!(flags_of(db, &tonight).await, vec![CHILD.to_vec(); 8]);
    let before = yesterday(db, &fixture).await;
    let late = on_paper(&fixture, before, 300);
    commit(db, &late).await;
    settle(db).await;
    assert_eq!(flags_of(db, &tonight).await, vec![vec![]; 8], "of this production everybody says so");
    // One after the other is deleted, the last of them as well.
    for item in &late {
        db.system().delete_response(item.response.id, 0).await.unwrap();
    }
    settle(db).await;
    assert_eq!(flags_of(db, &tonight).await, vec![CHILD.to_vec(); 8]);
}

async fn another_production_is_no_reference(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let other = fixture.neighbour();
    other.open_with_known_questions(db.system()).await;
    let tonight = taps(&fixture, 0, 8);
    commit(db, &tonight).await;
    let before = yesterday(db, &other).await;
    commit(db, &on_paper(&other, before, 300)).await;
    settle(db).await;
    assert_eq!(flags_of(db, &tonight).await, vec![CHILD.to_vec(); 8]);
}

async fn an_evening_that_moves_to_another_production_makes_later_ones_due(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let other = fixture.neighbour();
    other.open_with_known_questions(db.system()).await;
    let tonight = taps(&fixture, 0, 8);
    commit(db, &tonight).await;
    let before = yesterday(db, &fixture).await;
    commit(db, &on_paper(&fixture, before, 300)).await;
    settle(db).await;
    assert_eq!(flags_of(db, &tonight).await, vec![vec![]; 8], "of this production everybody says so");
    let mut moved = db.system().event(before).await.unwrap().unwrap();
    for (production, expected) in [(other.production.id, CHILD.to_vec()), (fixture.production.id, Vec::new())] {
        moved.production = Some(production);
        db.system().save_event(&moved).await.unwrap();
        settle(db).await;
        assert_eq!(flags_of(db, &tonight).await, vec![expected; 8]);
    }
    moved.title.clone_from(&other.event.title);
    db.system().save_event(&moved).await.unwrap();
    assert_eq!(db.system().due(1).await.unwrap(), [], "of the same production, nothing");
}

async fn an_imported_evening_of_another_production_makes_later_ones_due(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let other = fixture.neighbour();
    other.open_with_known_questions(db.system()).await;
    let tonight = taps(&fixture, 0, 8);
    commit(db, &tonight).await;
    let before = yesterday(db, &fixture).await;
    commit(db, &on_paper(&fixture, before, 300)).await;
    settle(db).await;
    assert_eq!(flags_of(db, &tonight).await, vec![vec![]; 8], "of this production everybody says so");
    let staff = db.everything();
    let (own, elsewhere) = (Some(fixture.production.id), Some(other.production.id));
    for (production, expected) in [(elsewhere, Some(CHILD.to_vec())), (own, Some(Vec::new())), (own, None)] {
        // Whatever was read before another change is not written.
        let mut moved = staff.imported_event(before).await.unwrap().unwrap();
        moved.event.production = production;
        moved.event.attendance = Some(300);
        let import = Uuid::now_v7();
        staff.stage_events(import, std::slice::from_ref(&moved), TONIGHT).await.unwrap();
        assert!(staff.apply_import(import, &[]).await.unwrap());
        match expected {
            Some(expected) => {
                settle(db).await;
                assert_eq!(flags_of(db, &tonight).await, vec![expected; 8]);
            }
            None => assert_eq!(db.system().due(1).await.unwrap(), [], "of the same production, nothing"),
        }
        staff.clear_import(import, 0).await.unwrap();
    }
}

/// The last of them, too: nothing of the production is left there that would say so.
async fn answers_that_leave_an_evening_make_later_ones_due(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let tonight = taps(&fixture, 0, 8);
    commit(db, &tonight).await;
    let before = yesterday(db, &fixture).await;
    let mut placed = on_paper(&fixture, before, 300);
    for item in &mut placed {
        item.place.source = Some(EventSource::Programme);
    }
    commit(db, &placed).await;
    settle(db).await;
    assert_eq!(flags_of(db, &tonight).await, vec![vec![]; 8]);
    for (event, expected) in [(None, CHILD.to_vec()), (Some(before), Vec::new())] {
        let production = event.map(|_| fixture.production.id);
        let to = |item: &NewResponse| NewPlace {
            id: item.response.id,
            corrected_at: item.place.corrected_at,
            event,
            production,
            local_day: item.place.local_day,
            outside_window: false,
        };
        let moves: Vec<NewPlace> = placed.iter().map(to).collect();
        assert_eq!(db.everything().place_again(&moves, TONIGHT).await.unwrap(), 300);
        settle(db).await;
        assert_eq!(flags_of(db, &tonight).await, vec![expected; 8]);
    }
}
