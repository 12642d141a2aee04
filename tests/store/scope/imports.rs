//! Events that are imported, and the answers that they place again.

use domain::{
    event::{Subject, Window},
    id::EventId,
};
use harness::{
    fixture::{Fixture, TODAY, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{placing::NewPlace, responses::StoredResponse};

use uuid::Uuid;

use super::{scope_of, two_venues};

on_both_databases!(nothing_is_imported_at_other_venues, no_answer_of_other_venues_is_placed_again);

/// Neither a new event there, nor one that comes from there or goes there; and what is allowed beside it is not done either.
async fn nothing_is_imported_at_other_venues(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let all = db.everything().whole_programme().await.unwrap();
    let seen = staff.whole_programme().await.unwrap();
    assert_eq!(seen.venues.iter().map(|venue| venue.id).collect::<Vec<_>>(), [own.venue.id]);
    assert!(seen.events.iter().all(|one| one.event.venue == own.venue.id) && !seen.events.is_empty());
    assert_eq!(seen.codes, all.codes, "or a new code might be one that is taken");

    let of = |fixture: &Fixture| all.events.iter().find(|one| one.event.id == fixture.event.id).unwrap().clone();
    let mut renamed = of(&own);
    renamed.event.attendance = Some(7);
    let (mut taken, mut given) = (of(&other), of(&own));
    taken.event.venue = own.venue.id;
    given.event.venue = other.venue.id;
    let mut new = of(&other);
    (new.event.id, new.event.code) = (EventId(Uuid::now_v7()), "NEU".to_owned());
    for forbidden in [of(&other), taken, given, new] {
        let import = Uuid::now_v7();
        let mut events = vec![forbidden];
        if events[0].event.id != own.event.id {
            events.push(renamed.clone());
        }
        staff.stage_events(import, &events, TONIGHT).await.unwrap();
        assert!(!staff.apply_import(import, &[]).await.unwrap());
        assert_eq!(db.everything().whole_programme().await.unwrap(), all);
        staff.clear_import(import, 0).await.unwrap();
        db.everything().clear_import(import, 0).await.unwrap();
        assert_eq!(db.rows("staged_events").await, 0);
    }
    let import = Uuid::now_v7();
    staff.stage_events(import, &[renamed], TONIGHT).await.unwrap();
    assert!(staff.apply_import(import, &[]).await.unwrap());
    assert_eq!(staff.event(own.event.id).await.unwrap().unwrap().attendance, Some(7));
    staff.clear_import(Uuid::now_v7(), TONIGHT).await.unwrap();
    assert_eq!(db.rows("staged_events").await, 1, "what is younger may still be taken");
    staff.clear_import(Uuid::now_v7(), TONIGHT + 1).await.unwrap();
    assert_eq!(db.rows("staged_events").await, 0);
}

/// Neither from there nor to there, and nothing that is another answer by now.
async fn no_answer_of_other_venues_is_placed_again(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let always = Window { from: 0, until: i64::MAX };
    let (ours, theirs) = (Subject::Venue(own.venue.id), Subject::Venue(other.venue.id));
    assert_eq!(staff.placed_by_programme(theirs, always, None).await.unwrap(), []);
    let here = staff.placed_by_programme(ours, always, None).await.unwrap();
    let there = db.everything().placed_by_programme(theirs, always, None).await.unwrap();
    assert_eq!((here.len(), there.len()), (3, 3));
    let first = (here[0].place.received_at, here[0].response.id);
    assert_eq!(staff.placed_by_programme(ours, always, Some(first)).await.unwrap(), here[1..]);
    let coded = Subject::Event(own.event.id);
    assert_eq!(staff.placed_by_programme(coded, always, None).await.unwrap(), [], "what the tablet showed stays");

    let to = |stored: &StoredResponse, of: &Fixture| NewPlace {
        id: stored.response.id,
        corrected_at: stored.place.corrected_at,
        event: Some(of.event.id),
        production: Some(of.production.id),
        local_day: TODAY,
        outside_window: false,
    };
    let (allowed, mut replaced) = (to(&here[0], &own), to(&here[0], &own));
    replaced.corrected_at -= 1;
    let forbidden = [to(&there[0], &other), to(&there[0], &own), to(&here[0], &other), replaced];
    assert_eq!(staff.place_again(&forbidden, TONIGHT).await.unwrap(), 0);
    assert_eq!(db.rows("responses WHERE event_source = 'programme'").await, 0);
    assert_eq!(staff.place_again(&[forbidden[0], allowed], TONIGHT).await.unwrap(), 1);
    let moved = staff.placed_by_programme(coded, always, None).await.unwrap();
    assert_eq!(moved.iter().map(|stored| stored.response.id).collect::<Vec<_>>(), [here[0].response.id]);
    assert_eq!(db.everything().placed_by_programme(theirs, always, None).await.unwrap(), there);
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}
