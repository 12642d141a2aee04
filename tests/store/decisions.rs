//! What staff decide about responses stands, whatever is found later, and leaves a trace.

use std::sync::Arc;

use aplodi::{clock::StoppedClock, judge::Judge, survey_cache::SurveyCache};
use domain::{
    flag::Flag::{self, Contradiction, Void},
    id::UserId,
    time::{MINUTE, Millis, SECOND},
    venue_settings::{Burst, VenueSettings},
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Scope,
    decisions::{DecidedBy, Decision, Doubted, Trace, Verdict, Which},
    doubt::BATCH,
    responses::NewResponse,
    staff::{Role, User},
};
use uuid::Uuid;

on_both_databases!(
    what_staff_put_back_stays_whatever_comes,
    what_staff_set_aside_is_void_until_it_is_put_back,
    a_group_is_a_span_of_an_evening_with_a_doubt,
    other_limits_make_a_venue_due,
);

async fn settle(db: &TestStore) {
    let system = db.store.system();
    let judge =
        Judge::new(Arc::clone(system), SurveyCache::new(Arc::clone(system)), Arc::new(StoppedClock::at(TONIGHT)));
    judge.settle().await.unwrap();
    assert_eq!(system.recount(false).await.unwrap(), []);
}

fn taps(fixture: &Fixture, first: Millis, size: Millis) -> Vec<NewResponse> {
    let at = |nth| first + nth * 11 * SECOND + nth * nth * 977 % (9 * SECOND);
    (0..size).map(|nth| fixture.visitor().face(1).nps(0).took(400).after(at(nth)).done()).collect()
}

fn decision(verdict: Verdict, why: &str) -> Decision {
    Decision { verdict, why: why.to_owned(), by: DecidedBy::CommandLine, at: TONIGHT + 7 }
}

fn trace(verdict: Verdict, why: &str) -> Trace {
    Trace { verdict, why: why.to_owned(), who: "command_line".to_owned(), at: TONIGHT + 7 }
}

fn evening(fixture: &Fixture, flag: Option<Flag>) -> Which {
    Which::Group { event: fixture.event.id, from: 0, until: Millis::MAX, flag }
}

async fn decide(db: &TestStore, which: Which, decision: &Decision) -> usize {
    let staff = db.everything();
    let mut done = 0;
    for ids in staff.concerned(&which, decision.verdict).await.unwrap().chunks(BATCH) {
        done += staff.decide(ids, decision).await.unwrap();
    }
    settle(db).await;
    done
}

async fn doubted(db: &TestStore, fixture: &Fixture) -> Vec<Doubted> {
    db.everything().doubted(fixture.event.id).await.unwrap()
}

async fn aside(db: &TestStore) -> i64 {
    db.rows("responses WHERE standing = 1").await
}

async fn what_staff_put_back_stays_whatever_comes(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    db.system().commit(&taps(&fixture, 0, 50)).await.unwrap();
    settle(db).await;
    assert_eq!(aside(db).await, 50);
    let why = "A school class that found it dreadful";
    assert_eq!(decide(db, evening(&fixture, Some(Flag::Run)), &decision(Verdict::PutBack, why)).await, 50);
    assert_eq!(aside(db).await, 0);
    // More of the same come: five are no run without those that staff believe, six are.
    db.system().commit(&taps(&fixture, 20 * MINUTE, 5)).await.unwrap();
    settle(db).await;
    assert_eq!(aside(db).await, 0);
    db.system().commit(&taps(&fixture, 30 * MINUTE, 1)).await.unwrap();
    db.system().judge_again(None).await.unwrap();
    settle(db).await;
    assert_eq!(aside(db).await, 6);
    let doubted = doubted(db, &fixture).await;
    assert_eq!(doubted.len(), 56);
    assert!(doubted[..50].iter().all(|one| one.flags.is_empty() && one.decisions == [trace(Verdict::PutBack, why)]));
    assert!(doubted[50..].iter().all(|one| one.flags.len() >= 2 && one.decisions.is_empty()));
    assert_eq!(decide(db, Which::One(doubted[0].id), &decision(Verdict::PutBack, "again")).await, 0, "it counts");
}

async fn what_staff_set_aside_is_void_until_it_is_put_back(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let user = User {
        id: UserId(Uuid::now_v7()),
        email: "editor@house.example".into(),
        role: Role::Editor,
        scope: Scope::All,
    };
    assert!(db.system().add_user(&user, TONIGHT).await.unwrap());
    let visitor = || fixture.visitor().face(4).nps(8).by_phone(0);
    let items = [visitor().done(), visitor().after(MINUTE).done()];
    db.system().commit(&items).await.unwrap();
    let one = Which::One(items[0].response.id);
    let by_user = Decision { by: DecidedBy::User(user.id), ..decision(Verdict::SetAside, "Our own technician") };
    assert_eq!(decide(db, one, &by_user).await, 1);
    assert_eq!(decide(db, one, &by_user).await, 0);
    let found = doubted(db, &fixture).await;
    assert_eq!((found.len(), &found[0].flags[..]), (1, &[Void][..]));
    let who = Trace { who: user.email.clone(), ..trace(Verdict::SetAside, "Our own technician") };
    assert_eq!(found[0].decisions, std::slice::from_ref(&who));
    // Changed by the visitor: staff's word stands.
    let mut changed = visitor().face(5).nps(10).doubted(Contradiction);
    changed.response.id = items[0].response.id;
    db.system().commit(&[changed.done()]).await.unwrap();
    settle(db).await;
    assert_eq!(doubted(db, &fixture).await[0].flags, [Contradiction, Void]);
    assert_eq!(decide(db, one, &decision(Verdict::PutBack, "A mistake")).await, 1);
    assert_eq!(aside(db).await, 0);
    assert_eq!(decide(db, one, &decision(Verdict::SetAside, "None after all")).await, 1);
    let found = doubted(db, &fixture).await;
    assert_eq!(found[0].flags, [Void]);
    let (back, again) = (trace(Verdict::PutBack, "A mistake"), trace(Verdict::SetAside, "None after all"));
    assert_eq!(found[0].decisions, [who, back, again]);
    // At the command line, too, staff's word is not the program's to take away.
    let mut changed = visitor().face(3).nps(9);
    changed.response.id = items[0].response.id;
    db.system().commit(&[changed.done()]).await.unwrap();
    settle(db).await;
    assert_eq!(doubted(db, &fixture).await[0].flags, [Void]);
    assert!(db.system().delete_response(items[0].response.id, TONIGHT).await.unwrap());
    assert_eq!(db.rows("decisions").await, 0);
}

async fn a_group_is_a_span_of_an_evening_with_a_doubt(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let contradicting = |after| fixture.visitor().face(1).nps(10).after(after).doubted(Contradiction).done();
    let items: Vec<NewResponse> = (0..4).map(|nth| contradicting(nth * MINUTE)).collect();
    db.system().commit(&items).await.unwrap();
    settle(db).await;
    let (from, until) = (TONIGHT + MINUTE, TONIGHT + 3 * MINUTE);
    let span = |flag| Which::Group { event: fixture.event.id, from, until, flag };
    let put_back = decision(Verdict::PutBack, "They said why");
    assert_eq!(decide(db, span(Some(Flag::Run)), &put_back).await, 0);
    assert_eq!(decide(db, span(Some(Contradiction)), &put_back).await, 2);
    let flags: Vec<_> = doubted(db, &fixture).await.into_iter().map(|one| one.flags).collect();
    assert_eq!(flags, [vec![Contradiction], vec![], vec![], vec![Contradiction]]);
    assert_eq!(decide(db, span(None), &decision(Verdict::SetAside, "No")).await, 2);
    assert_eq!(aside(db).await, 4);
}

async fn other_limits_make_a_venue_due(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let other = fixture.neighbour();
    other.open_with_known_questions(db.system()).await;
    for fixture in [&fixture, &other] {
        let visitor = || fixture.visitor().face(4).nps(8);
        let items = [visitor().done(), visitor().by_phone(0).done(), visitor().by_phone(0).without_event().done()];
        db.system().commit(&items).await.unwrap();
    }
    settle(db).await;
    let save = async |settings: VenueSettings| {
        assert!(db.everything().set_venue_settings(fixture.venue.id, &settings).await.unwrap());
        let due = db.system().due(10).await.unwrap();
        settle(db).await;
        due.into_iter().map(|due| due.at).collect::<Vec<_>>()
    };
    let usual = VenueSettings::default();
    assert_eq!(save(VenueSettings { contradiction: false, ..usual.clone() }).await, [], "no limit");
    let burst = Burst { most: 3, ..Burst::default() };
    let due = save(VenueSettings { burst, ..usual }).await;
    assert_eq!(Some(due), db.everything().places_of(fixture.venue.id).await.unwrap());
    assert_eq!(db.system().places(None).await.unwrap().len(), 6);
}
