//! A course whose meetings are at several venues tells nothing to somebody who sees one of them.

use aplodi::{clock::StoppedClock, jobs::courses::CourseJob};
use domain::production::ProductionKind;
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use std::sync::Arc;
use store::{Scope, StaffStore, programme::Production};

use super::{scope_of, two_venues};

on_both_databases!(a_course_is_told_to_those_who_see_all_of_it);

async fn found(staff: &dyn StaffStore, of: &Fixture) -> [usize; 5] {
    let (production, event) = (of.production.id, of.event.id);
    [
        usize::from(staff.course_of(event).await.unwrap().is_some()),
        staff.courses_of(&[event]).await.unwrap().len(),
        staff.events_of(production).await.unwrap().len(),
        staff.course(production).await.unwrap().map_or(0, |course| usize::try_from(course.counted()).unwrap()),
        staff.course_comments(production, 9).await.unwrap().len(),
    ]
}

async fn a_course_is_told_to_those_who_see_all_of_it(db: &TestStore) {
    let (own, mut other) = two_venues(db).await;
    for fixture in [&own, &other] {
        let course = Production { kind: ProductionKind::Course, ..fixture.production.clone() };
        db.system().save_production(&course).await.unwrap();
    }
    let job = CourseJob::new(db.store.clone(), Arc::new(StoppedClock::at(TONIGHT)));
    job.round().await.unwrap();
    let [meeting, meetings, events, counted, comments] = found(&*db.everything(), &other).await;
    assert_eq!([meeting, meetings, events, counted], [1, 1, 1, 15]);
    assert!(comments > 0);
    assert_eq!(found(&*db.staff(scope_of(&other)), &other).await, [1, 1, 1, 15, comments]);
    for scope in [scope_of(&own), Scope::Venues(Vec::new())] {
        assert_eq!(found(&*db.staff(scope), &other).await, [0; 5]);
    }

    for of in [&own, &other] {
        db.execute(&format!("UPDATE events SET cancelled = TRUE WHERE code = '{}'", of.event.code)).await;
    }
    let staff = db.staff(scope_of(&own));
    let both = [own.event.id, other.event.id];
    assert_eq!(staff.cancelled_among(&both).await.unwrap().into_iter().collect::<Vec<_>>(), [own.event.id]);
    assert_eq!(db.everything().cancelled_among(&both).await.unwrap().len(), 2);

    other.event.production = Some(own.production.id);
    db.system().save_event(&other.event).await.unwrap();
    assert_eq!(found(&*db.staff(scope_of(&own)), &own).await, [1, 1, 1, 0, 0], "its sum would tell of the other venue");
    assert_eq!(found(&*db.everything(), &own).await[3], 15);
}
