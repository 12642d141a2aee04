//! Answers that staff move: tallies go with them, and what staff have decided stays.

use domain::{
    event::{Event, Subject, Window},
    flag::Flag,
    id::EventId,
    time::{DAY, MINUTE},
};
use harness::{
    fixture::{Fixture, TODAY, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    moving::{MoveTo, WhichToMove},
    responses::Outcome,
};
use uuid::Uuid;

on_both_databases!(
    tallies_move_with_a_span,
    what_staff_have_put_somewhere_stays,
    outside_a_window_is_no_doubt_any_more
);

const EVERYTHING: Window = Window { from: 0, until: i64::MAX };

/// Another show at the same venue, a day later.
async fn tomorrow(db: &TestStore, fixture: &Fixture) -> (Event, MoveTo) {
    let mut event = fixture.event.clone();
    event.id = EventId(Uuid::now_v7());
    event.code = "huomenna".into();
    event.production = None;
    for at in [&mut event.starts_at, &mut event.ends_at, &mut event.window.from, &mut event.window.until] {
        *at += DAY;
    }
    db.system().save_event(&event).await.unwrap();
    let to = MoveTo { event: event.id, local_day: domain::time::LocalDay(TODAY.0 + 1) };
    (event, to)
}

async fn counted(db: &TestStore, event: EventId) -> u64 {
    db.everything().counted(&[event]).await.unwrap().get(&event).copied().unwrap_or(0)
}

async fn tallies_move_with_a_span(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let (other, to) = tomorrow(db, &fixture).await;
    let group: Vec<_> = (0..10).map(|nth| fixture.visitor().after(nth * MINUTE).done()).collect();
    db.system().commit(&group).await.unwrap();
    let staff = db.everything();
    let span = Window { from: TONIGHT + 2 * MINUTE, until: TONIGHT + 5 * MINUTE };
    let ids = staff.to_move(&WhichToMove::Span(fixture.event.id, span), other.id).await.unwrap();
    assert_eq!(ids.len(), 4, "both ends are part of it");
    assert_eq!(staff.move_responses(&ids, to, TONIGHT).await.unwrap(), 4);
    assert_eq!((counted(db, fixture.event.id).await, counted(db, other.id).await), (6, 4));
    assert_eq!(db.system().recount(false).await.unwrap(), []);
    assert_eq!(db.rows("responses WHERE event_source = 'staff' AND production IS NULL").await, 4);
    assert_eq!(staff.move_responses(&ids, to, TONIGHT).await.unwrap(), 0, "they are there");
    let tally = staff.tally(Subject::Event(other.id), Some(to.local_day)).await.unwrap();
    assert!(!tally.is_empty(), "they count for the day of the event");
    let one = WhichToMove::One(ids[0]);
    let back = MoveTo { event: fixture.event.id, local_day: TODAY };
    let ids = staff.to_move(&one, fixture.event.id).await.unwrap();
    assert_eq!(staff.move_responses(&ids, back, TONIGHT).await.unwrap(), 1);
    assert_eq!((counted(db, fixture.event.id).await, counted(db, other.id).await), (7, 3));
    assert_eq!(db.system().recount(false).await.unwrap(), []);
    assert_eq!(db.rows("audit_log WHERE verb = 'moved'").await, 2, "what moved nothing leaves no line");
    assert!(db.system().due(9).await.unwrap().len() >= 2, "both days are judged anew");
}

async fn what_staff_have_put_somewhere_stays(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let (other, to) = tomorrow(db, &fixture).await;
    let phone = fixture.visitor().by_phone(TONIGHT).face(5);
    let mut late = phone.clone().face(1).doubted(Flag::OutsideWindow);
    late.place.received_at += MINUTE;
    db.system().commit(&[phone.clone().done()]).await.unwrap();
    let staff = db.everything();
    assert_eq!(staff.move_responses(&[phone.response.id], to, TONIGHT).await.unwrap(), 1);
    assert_eq!(db.system().commit(&[late.done()]).await.unwrap(), [Outcome::Stored], "its visitor has another mind");
    assert_eq!((counted(db, fixture.event.id).await, counted(db, other.id).await), (0, 1));
    assert_eq!(db.system().recount(false).await.unwrap(), []);
    let placed = staff.placed_by_programme(Subject::Event(other.id), EVERYTHING, None).await.unwrap();
    assert_eq!(placed, [], "nor does the programme decide");
}

async fn outside_a_window_is_no_doubt_any_more(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let (other, to) = tomorrow(db, &fixture).await;
    let late = fixture.visitor().doubted(Flag::OutsideWindow).done();
    let void = fixture.visitor().doubted(Flag::OutsideWindow).doubted(Flag::Demo).done();
    db.system().commit(&[late.clone(), void.clone()]).await.unwrap();
    assert_eq!(counted(db, fixture.event.id).await, 0);
    let ids = [late.response.id, void.response.id];
    assert_eq!(db.everything().move_responses(&ids, to, TONIGHT).await.unwrap(), 2);
    assert_eq!(counted(db, other.id).await, 1, "what is in doubt for another reason stays so");
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}
