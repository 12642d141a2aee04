//! Reading tallies.

use domain::{
    event::Subject,
    flag::{Flag, Standing},
    response::Channel,
    tally::{Cell, Counted, Dimension, Tally},
    time::{LocalDay, LocalMonth},
};
use harness::{
    fixture::{Fixture, TODAY},
    on_both_databases,
    store::TestStore,
};
use store::tallies::{DayCount, MonthsOf};

on_both_databases!(by_subject_and_day, by_month, counted_by_event, days_of_a_venue, versions_of_a_subject);

fn responses(fixture: &Fixture, tally: &Tally, standing: Standing, dimension: Dimension) -> i64 {
    let survey_version = fixture.version.version;
    tally.get(&Cell { survey_version, counted: Counted::Response, standing, dimension })
}

async fn by_subject_and_day(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let mut group = fixture.audience(30);
    group.push(fixture.visitor().doubted(Flag::Burst).doubted(Flag::Burst).done());
    let mut yesterday = fixture.visitor().without_event();
    yesterday.place.local_day = LocalDay(TODAY.0 - 1);
    group.push(fixture.visitor().without_event().done());
    group.push(yesterday.done());
    db.system().commit(&group).await.unwrap();

    let mut expected = Tally::default();
    for item in group.iter().filter(|item| item.place.event.is_some()) {
        let flags: &[Flag] = if item.flags.is_empty() { &[] } else { &[Flag::Burst] };
        expected.count(&item.response, flags, item.place.slot(), 1);
    }
    let tally = db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap();
    assert_eq!(tally, expected);
    assert_eq!(db.everything().tally(Subject::Event(fixture.event.id), Some(TODAY)).await.unwrap(), expected);
    let venue = Subject::Venue(fixture.venue.id);
    for (day, n) in [(None, 2), (Some(TODAY), 1), (Some(LocalDay(TODAY.0 - 1)), 1), (Some(LocalDay(20_000_101)), 0)] {
        let tally = db.everything().tally(venue, day).await.unwrap();
        assert_eq!(responses(&fixture, &tally, Standing::Counted, Dimension::All), n, "{day:?}");
    }
}

async fn by_month(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let mut group = fixture.audience(7);
    group.push(fixture.visitor().without_event().done());
    let mut december = fixture.visitor();
    december.place.local_day = LocalDay::from_date(2026, 12, 1);
    group.push(december.done());
    db.system().commit(&group).await.unwrap();

    let months = |from, until| (LocalMonth(from), LocalMonth(until));
    for (of, (from, until), n) in [
        (MonthsOf::Venue(fixture.venue.id), months(202_611, 202_611), 8),
        (MonthsOf::Venue(fixture.venue.id), months(202_611, 202_612), 9),
        (MonthsOf::Venue(fixture.venue.id), months(202_601, 202_610), 0),
        (MonthsOf::Production(fixture.production.id), months(202_611, 202_611), 7),
        (MonthsOf::Production(fixture.production.id), months(202_612, 202_612), 1),
    ] {
        let tally = db.everything().tally_of_months(of, from, until).await.unwrap();
        assert_eq!(responses(&fixture, &tally, Standing::Counted, Dimension::All), n);
        assert_eq!(responses(&fixture, &tally, Standing::Counted, Dimension::Channel(Channel::Kiosk)), n);
        assert_eq!(tally, tally.without_slots());
    }
}

async fn counted_by_event(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let quiet = fixture.neighbour();
    quiet.open_with_known_questions(db.system()).await;
    let mut group = fixture.audience(3);
    group.push(fixture.visitor().doubted(Flag::Void).done());
    db.system().commit(&group).await.unwrap();
    let counted = db.everything().counted(&[fixture.event.id, quiet.event.id]).await.unwrap();
    assert_eq!(counted.get(&fixture.event.id), Some(&3));
    assert_eq!(counted.get(&quiet.event.id).copied().unwrap_or(0), 0);
    assert!(db.everything().counted(&[]).await.unwrap().is_empty());
}

async fn days_of_a_venue(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let other = fixture.neighbour();
    other.open_with_known_questions(db.system()).await;
    let on = |day: LocalDay| {
        let mut visitor = fixture.visitor().without_event();
        visitor.place.local_day = day;
        visitor
    };
    let (october, friday) = (LocalDay::from_date(2026, 10, 31), LocalDay::from_date(2026, 11, 20));
    // The evening's show and the venue next door are other subjects.
    let mut group = vec![fixture.visitor().done(), other.visitor().without_event().done()];
    group.extend([
        on(TODAY).done(),
        on(TODAY).face(2).nps(9).by_phone(0).done(),
        on(TODAY).doubted(Flag::Burst).done(),
    ]);
    group.extend([on(friday).doubted(Flag::Demo).done(), on(october).done()]);
    db.system().commit(&group).await.unwrap();

    let day = |day, counted, aside| DayCount { venue: fixture.venue.id, day, counted, aside };
    let all = [day(TODAY, 2, 1), day(friday, 0, 1), day(october, 1, 0)];
    for (from, limit, expected) in [
        (LocalDay(0), 14, &all[..]),
        (october, 14, &all),
        (LocalDay(october.0 + 1), 14, &all[..2]),
        (LocalDay(0), 2, &all[..2]),
        (TODAY, 14, &all[..1]),
        (LocalDay(TODAY.0 + 1), 14, &[]),
    ] {
        assert_eq!(
            db.everything().days(&[(fixture.venue.id, from)], limit).await.unwrap(),
            expected,
            "{from}, {limit}"
        );
    }
    let both = [(fixture.venue.id, TODAY), (other.venue.id, LocalDay(0))];
    let next_door = DayCount { venue: other.venue.id, day: TODAY, counted: 1, aside: 0 };
    assert_eq!(db.everything().days(&both, 14).await.unwrap(), [all[0], next_door]);
    assert!(db.everything().days(&[], 14).await.unwrap().is_empty());
}

async fn versions_of_a_subject(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let next = Fixture::new();
    db.system()
        .publish(fixture.survey, &domain::lang::Text::same("Tonight"), &next.version, harness::fixture::TONIGHT + 1)
        .await
        .unwrap();
    let subject = Subject::Event(fixture.event.id);
    assert_eq!(db.everything().versions_of(subject).await.unwrap(), []);
    let mut newer = fixture.visitor();
    newer.response.survey_version = next.version.version;
    db.system().commit(&[fixture.visitor().done(), newer.done()]).await.unwrap();
    assert_eq!(db.everything().versions_of(subject).await.unwrap(), [next.version, fixture.version]);
}
