//! Courses: what is shown moves in steps, whatever is read in between.

use std::sync::Arc;

use aplodi::{clock::StoppedClock, jobs::courses::CourseJob};
use domain::{
    event::Event,
    id::EventId,
    live_delay::LiveDelay,
    production::ProductionKind,
    time::{DAY, MINUTE},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    decisions::{DecidedBy, Decision, Verdict},
    programme::Production,
};
use uuid::Uuid;

on_both_databases!(
    three_small_meetings_speak_together,
    what_is_set_aside_is_shown_with_others,
    a_course_waits_as_long_as_other_numbers,
);

/// A course, and so many meetings of it.
async fn course(db: &TestStore, meetings: i64) -> (Fixture, Vec<Event>) {
    let mut fixture = Fixture::new();
    fixture.production.kind = ProductionKind::Course;
    fixture.open(db.system()).await;
    let mut events = Vec::new();
    for week in 1..=meetings {
        let mut event = fixture.event.clone();
        event.id = EventId(Uuid::now_v7());
        event.code = format!("week{week}");
        event.starts_at += 7 * DAY * week;
        event.ends_at += 7 * DAY * week;
        db.system().save_event(&event).await.unwrap();
        events.push(event);
    }
    (fixture, events)
}

fn job(db: &TestStore) -> CourseJob {
    CourseJob::new(db.store.clone(), Arc::new(StoppedClock::at(TONIGHT)))
}

async fn answer(db: &TestStore, fixture: &Fixture, meeting: &Event, faces: &[u8], at: i64) {
    let group: Vec<_> = (0..)
        .zip(faces)
        .map(|(nth, face)| {
            let mut visitor = fixture.visitor().face(*face).wrote(&format!("Sana {at} {nth}")).received(at + nth);
            visitor.place.event = Some(meeting.id);
            visitor.done()
        })
        .collect();
    db.system().commit(&group).await.unwrap();
}

async fn told(db: &TestStore, fixture: &Fixture) -> (u64, Vec<u64>, usize) {
    let staff = db.everything();
    let course = staff.course(fixture.production.id).await.unwrap().unwrap();
    let faces = course.summaries(std::slice::from_ref(&fixture.version)).remove(0);
    let comments = staff.course_comments(fixture.production.id, 99).await.unwrap();
    assert!(comments.iter().all(|comment| comment.face.is_none()));
    (course.counted(), faces.counts.values().copied().collect(), comments.len())
}

async fn three_small_meetings_speak_together(db: &TestStore) {
    let (fixture, meetings) = course(db, 3).await;
    let job = job(db);
    answer(db, &fixture, &meetings[0], &[5, 5, 4, 4, 5, 5], TONIGHT).await;
    answer(db, &fixture, &meetings[1], &[5, 4, 3, 2], TONIGHT + 100).await;
    answer(db, &fixture, &meetings[2], &[1, 1, 1, 1], TONIGHT + 200).await;
    job.round().await.unwrap();
    assert_eq!(told(db, &fixture).await, (0, vec![], 0));
    answer(db, &fixture, &meetings[2], &[2], TONIGHT + 300).await;
    assert_eq!(told(db, &fixture).await.0, 0, "who reads it makes no step");
    job.round().await.unwrap();
    assert_eq!(told(db, &fixture).await, (15, vec![4, 2, 1, 3, 5], 15));
    answer(db, &fixture, &meetings[2], &[5, 5, 5, 5], TONIGHT + 400).await;
    job.round().await.unwrap();
    assert_eq!(told(db, &fixture).await, (15, vec![4, 2, 1, 3, 5], 15));
    let production = Production { kind: ProductionKind::Workshop, ..fixture.production.clone() };
    db.system().save_production(&production).await.unwrap();
    assert_eq!(db.everything().course(production.id).await.unwrap(), None);
}

async fn what_is_set_aside_is_shown_with_others(db: &TestStore) {
    let (fixture, meetings) = course(db, 1).await;
    let job = job(db);
    answer(db, &fixture, &meetings[0], &[5; 20], TONIGHT).await;
    job.round().await.unwrap();
    let first = db.system().responses(None, 1).await.unwrap().responses.remove(0).response.id;
    let decision =
        Decision { verdict: Verdict::SetAside, why: "A test".into(), by: DecidedBy::CommandLine, at: TONIGHT };
    db.everything().decide(&[first], &decision).await.unwrap();
    answer(db, &fixture, &meetings[0], &[1], TONIGHT + 100).await;
    job.round().await.unwrap();
    assert_eq!(told(db, &fixture).await.1, [0, 0, 0, 0, 20], "one has taken the place of another");
    answer(db, &fixture, &meetings[0], &[1; 5], TONIGHT + 200).await;
    job.round().await.unwrap();
    assert_eq!(told(db, &fixture).await.1, [6, 0, 0, 0, 19]);
    let before = db.system().shown_of_course(fixture.production.id).await.unwrap();
    assert!(db.system().show_course(fixture.production.id, &before, &before).await.unwrap());
    let older = domain::course::Course::default();
    assert!(!db.system().show_course(fixture.production.id, &older, &before).await.unwrap(), "somebody was faster");
}

async fn a_course_waits_as_long_as_other_numbers(db: &TestStore) {
    let (fixture, meetings) = course(db, 1).await;
    db.system().name_organisation("Sirkus").await.unwrap();
    assert!(db.everything().choose_live_delay(LiveDelay::FifteenMinutes).await.unwrap());
    answer(db, &fixture, &meetings[0], &[5; 15], TONIGHT - 15 * MINUTE).await;
    job(db).round().await.unwrap();
    assert_eq!(told(db, &fixture).await.0, 0);
    let later = CourseJob::new(db.store.clone(), Arc::new(StoppedClock::at(TONIGHT + MINUTE)));
    later.round().await.unwrap();
    assert_eq!(told(db, &fixture).await.0, 15);
}
