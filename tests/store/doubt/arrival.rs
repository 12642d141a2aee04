//! Order, groups, replays, changes and deletions: what is stored decides, and nothing else.

use std::collections::BTreeMap;

use domain::{
    event::Subject,
    flag::Flag::{self, Burst},
    id::ResponseId,
    time::{MINUTE, SECOND},
};
use harness::{fixture::TONIGHT, on_both_databases, store::TestStore};
use rand::{Rng as _, SeedableRng, rngs::StdRng, seq::SliceRandom};
use store::responses::{NewResponse, Outcome};

use super::{CHILD, agrees, commit, flags, flags_of, honest, judge_of, open_fixture, settle, tap, taps};

on_both_databases!(
    any_order_in_any_groups_ends_in_the_same_standings,
    late_evidence_sets_earlier_answers_aside,
    what_comes_twice_counts_once,
    a_changed_answer_is_judged_anew,
    a_deleted_answer_takes_its_evidence_along,
    a_replay_makes_nothing_due,
);

/// Any permutation, split into any commits, judged or half judged after any of them.
async fn any_order_in_any_groups_ends_in_the_same_standings(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let mut items = [honest(&fixture, 40), taps(&fixture, 4 * MINUTE, 9)].concat();
    items.extend((0..30).map(|nth| tap(&fixture, nth * 2 * SECOND).by_phone(TONIGHT - MINUTE).done()));
    items.extend(taps(&fixture, 3 * MINUTE, 4).into_iter().map(|mut item| {
        item.place.clock_known = false;
        item
    }));
    let mut expected: Option<BTreeMap<ResponseId, Vec<Flag>>> = None;
    for seed in 0..8 {
        let mut random = StdRng::seed_from_u64(seed);
        items.shuffle(&mut random);
        let judge = judge_of(&db.store);
        let mut rest = &items[..];
        while !rest.is_empty() {
            let (group, others) = rest.split_at(random.random_range(1..=rest.len().min(30)));
            db.system().commit(group).await.unwrap();
            rest = others;
            for _ in 0..random.random_range(0..3) {
                judge.round().await.unwrap();
                agrees(db).await;
            }
        }
        settle(db).await;
        let found = flags(db).await;
        assert_eq!(*expected.get_or_insert_with(|| found.clone()), found, "seed {seed}");
        assert!(found.values().filter(|flags| !flags.is_empty()).count() >= 39);
        // A fresh database for the next: ids that were deleted stay dead.
        for table in ["responses", "tallies", "period_tallies", "judgements"] {
            db.execute(&format!("DELETE FROM {table}")).await;
        }
    }
}

async fn late_evidence_sets_earlier_answers_aside(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let people = honest(&fixture, 20);
    let child = taps(&fixture, MINUTE, 8);
    commit(db, &people).await;
    settle(db).await;
    let mut aside = Vec::new();
    for item in &child {
        commit(db, std::slice::from_ref(item)).await;
        assert_eq!(flags_of(db, std::slice::from_ref(item)).await, [[]], "stored first, judged afterwards");
        settle(db).await;
        let found = flags_of(db, &child).await;
        aside.push(found.iter().filter(|flags| !flags.is_empty()).count());
        let tally = db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap();
        assert_eq!(tally.iter().filter(|(_, count)| *count < 0).count(), 0);
    }
    assert_eq!(aside, [0, 0, 0, 0, 0, 6, 7, 8], "five that agree are people, six are one hand");
    assert_eq!(flags_of(db, &people).await, vec![vec![]; 20]);
}

async fn what_comes_twice_counts_once(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let child = taps(&fixture, 0, 6);
    for _ in 0..3 {
        commit(db, &child[..5]).await;
        commit(db, &[&child[..5], &child[..5]].concat()).await;
        settle(db).await;
    }
    assert_eq!(flags_of(db, &child).await, vec![vec![]; 6]);
    commit(db, &child).await;
    settle(db).await;
    assert_eq!(flags_of(db, &child).await, vec![CHILD.to_vec(); 6], "a replay is no evidence, a new one is");
    assert_eq!(db.system().commit(&child).await.unwrap(), [Outcome::Duplicate; 6]);
    settle(db).await;
    assert_eq!(flags_of(db, &child).await, vec![CHILD.to_vec(); 6]);
}

async fn a_changed_answer_is_judged_anew(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let phone = |nth: i64| tap(&fixture, nth * 7 * SECOND + nth * nth * 977 % (5 * SECOND)).by_phone(0);
    let phones: Vec<NewResponse> = (0..6).map(|nth| phone(nth).done()).collect();
    commit(db, &phones).await;
    settle(db).await;
    assert_eq!(flags_of(db, &phones).await, vec![CHILD.to_vec(); 6]);
    // One of them comes back and says something else: five are no run.
    let change = |face, nps, took| {
        let mut changed = phone(3).face(face).nps(nps).took(took);
        changed.response.id = phones[3].response.id;
        changed.done()
    };
    assert_eq!(db.system().commit(&[change(4, 8, 40_000)]).await.unwrap(), [Outcome::Stored]);
    assert_eq!(flags_of(db, &phones[3..4]).await, [CHILD], "until it is judged");
    settle(db).await;
    assert_eq!(flags_of(db, &phones).await, vec![vec![]; 6]);
    assert_eq!(db.system().commit(&[change(1, 0, 30_000)]).await.unwrap(), [Outcome::Stored]);
    settle(db).await;
    let found = flags_of(db, &phones).await;
    assert_eq!(found.iter().filter(|flags| flags.is_empty()).count(), 1, "who took his time is not of that hand");
    assert_eq!(found[3], []);
}

async fn a_deleted_answer_takes_its_evidence_along(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let child = taps(&fixture, 0, 6);
    commit(db, &child).await;
    settle(db).await;
    assert_eq!(flags_of(db, &child).await, vec![CHILD.to_vec(); 6]);
    assert!(db.system().delete_response(child[2].response.id, TONIGHT).await.unwrap());
    settle(db).await;
    assert_eq!(flags_of(db, &child).await, vec![vec![]; 6]);
    assert_eq!(db.rows("flags").await, 0);
    for item in &child {
        db.system().delete_response(item.response.id, TONIGHT).await.unwrap();
    }
    settle(db).await;
    assert_eq!(db.rows("tallies").await, 0);
}

async fn a_replay_makes_nothing_due(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let items = honest(&fixture, 5);
    commit(db, &items).await;
    settle(db).await;
    commit(db, &items).await;
    assert_eq!(db.system().due(1).await.unwrap(), []);
    assert!(!flags_of(db, &items).await.iter().any(|flags| flags.contains(&Burst)));
}
