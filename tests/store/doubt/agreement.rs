//! Which responses are set aside, and which never.

use domain::{
    flag::Flag::{Burst, Contradiction, Demo},
    id::KioskId,
    response::Channel,
    time::{HOUR, MINUTE, SECOND},
};
use harness::{honest::audience, on_both_databases, store::TestStore};
use store::responses::NewResponse;
use uuid::Uuid;

use super::{CHILD, commit, flags_of, honest, open_fixture, settle, tap, taps};

on_both_databases!(
    a_child_at_the_tablet_is_set_aside_and_nobody_else,
    one_sign_alone_says_nothing,
    a_flood_takes_nobody_with_it,
    places_do_not_share_signs,
    what_staff_show_or_type_in_has_no_signs,
    other_doubts_stay_beside_the_signs,
);

async fn a_child_at_the_tablet_is_set_aside_and_nobody_else(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let people = honest(&fixture, 60);
    let child = taps(&fixture, 10 * MINUTE, 10);
    commit(db, &[&people[..], &child].concat()).await;
    settle(db).await;
    assert_eq!(flags_of(db, &child).await, vec![CHILD.to_vec(); 10]);
    assert_eq!(flags_of(db, &people).await, vec![vec![]; 60]);
}

async fn one_sign_alone_says_nothing(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let with = |one: harness::honest::Honest| fixture.visitor().face(one.face).nps(one.nps).took(one.duration_ms);
    // Quick, but each says something else; a run, but at a reader's pace; many within a minute, but nothing else.
    let quick: Vec<NewResponse> = audience().take(30).map(|one| with(one).took(600).after(one.after).done()).collect();
    let slow: Vec<NewResponse> = (0..12)
        .map(|nth| {
            tap(&fixture, 2 * HOUR + nth * 71 * SECOND + nth * nth * 977 % MINUTE).took(9_000 + nth * 777).done()
        })
        .collect();
    let many: Vec<NewResponse> =
        audience().take(20).map(|one| with(one).after(5 * HOUR + one.after / 10).done()).collect();
    let all = [quick, slow, many].concat();
    commit(db, &all).await;
    settle(db).await;
    assert_eq!(flags_of(db, &all).await, vec![vec![]; 62]);
}

async fn a_flood_takes_nobody_with_it(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let phone = || fixture.visitor().by_phone(0);
    let people: Vec<NewResponse> = audience()
        .take(20)
        .map(|one| phone().face(one.face).nps(one.nps).took(5 * one.duration_ms).after(one.after / 10).done())
        .collect();
    let long = "x".repeat(2_000);
    let flood: Vec<NewResponse> = (0..290)
        .map(|nth| phone().face(1).nps(0).wrote(&long).took(800).after(nth * 150 + nth * nth % 97).done())
        .collect();
    let mut all = [&people[..], &flood].concat();
    all.sort_by_key(|item| item.place.corrected_at);
    commit(db, &all).await;
    settle(db).await;
    assert_eq!(flags_of(db, &people).await, vec![vec![]; 20]);
    assert!(flags_of(db, &flood).await.iter().all(|flags| flags.len() >= 2 && flags.contains(&Burst)));
    assert_eq!(db.rows("comments WHERE length(text) = 200 AND shortened").await, 290, "nor does it fill the disk");
}

async fn places_do_not_share_signs(db: &TestStore) {
    let fixture = open_fixture(db).await;
    // Fifteen equal ones, five at each of two tablets and by phone: nowhere are they many.
    let mut items = Vec::new();
    for nth in 0..5 {
        let at = nth * 13 * SECOND;
        let mut beside = tap(&fixture, at + 300);
        beside.place.kiosk = Some(KioskId(Uuid::from_u128(7)));
        items.extend([tap(&fixture, at).done(), beside.done(), tap(&fixture, at + 700).by_phone(0).done()]);
    }
    commit(db, &items).await;
    settle(db).await;
    assert_eq!(flags_of(db, &items).await, vec![vec![]; 15]);
    // One more at one of them, and that one alone has a run.
    let more = tap(&fixture, 5 * 13 * SECOND).done();
    let kiosk = more.place.kiosk;
    items.push(more);
    commit(db, &items[15..]).await;
    settle(db).await;
    let expected: Vec<_> =
        items.iter().map(|item| if item.place.kiosk == kiosk { CHILD.to_vec() } else { vec![] }).collect();
    assert_eq!(flags_of(db, &items).await, expected);
}

async fn what_staff_show_or_type_in_has_no_signs(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let mut items = Vec::new();
    for nth in 0..12 {
        let mut shown = tap(&fixture, nth * SECOND).doubted(Demo);
        shown.response.demo = true;
        items.push(shown.done());
        for channel in [Channel::Paper, Channel::Counted, Channel::Spoken] {
            let mut typed = tap(&fixture, nth * SECOND);
            typed.response.channel = channel;
            items.push(typed.done());
        }
    }
    commit(db, &items).await;
    settle(db).await;
    let expected: Vec<_> = items.iter().map(|item| item.flags.clone()).collect();
    assert_eq!(flags_of(db, &items).await, expected);
    assert_eq!(db.rows("flags WHERE flag <> 'demo'").await, 0);
}

async fn other_doubts_stay_beside_the_signs(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let mut items = taps(&fixture, 0, 8);
    items.push(tap(&fixture, 3 * MINUTE).doubted(Contradiction).done());
    items.push(fixture.visitor().face(1).nps(10).took(9_000).after(HOUR).doubted(Contradiction).done());
    commit(db, &items).await;
    settle(db).await;
    let found = flags_of(db, &items).await;
    assert_eq!(found[8], [&CHILD[..], &[Contradiction]].concat());
    assert_eq!(found[9], [Contradiction]);
}
