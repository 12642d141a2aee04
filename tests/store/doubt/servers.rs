//! Several servers at once, and what one of them knows too late.

use domain::{
    flag::Flag::{Burst, Hasty, Run},
    time::SECOND,
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Store,
    doubt::{Due, NewSigns},
    responses::NewResponse,
};

use super::{CHILD, agrees, commit, flags_of, honest, judge_of, open_fixture, settle, taps};

on_both_databases!(
    two_servers_agree_in_the_end,
    what_follows_from_less_is_refused,
    what_came_meanwhile_stays_due,
    one_round_begins_before_it_reads,
);

/// Writes some, and judges in between whatever it finds.
async fn serve(store: &Store, items: impl Iterator<Item = &NewResponse>) {
    let judge = judge_of(store);
    for (nth, item) in items.enumerate() {
        store.system().commit(std::slice::from_ref(item)).await.unwrap();
        if nth % 3 == 0 {
            judge.round().await.unwrap();
        }
    }
    judge.settle().await.unwrap();
}

async fn two_servers_agree_in_the_end(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let other = store::open(&db.url).await.unwrap();
    let (people, child) = (honest(&fixture, 30), taps(&fixture, 5 * SECOND, 24));
    let all = [&people[..], &child].concat();
    // Every other one, in opposite orders: both meet at the same tablet all the time.
    let here = all.iter().step_by(2);
    let there = all.iter().skip(1).step_by(2).rev();
    tokio::join!(serve(&db.store, here), serve(&other, there));
    settle(db).await;
    assert_eq!(flags_of(db, &people).await, vec![vec![]; 30]);
    let found = flags_of(db, &child).await;
    assert!(found.iter().all(|flags| flags.contains(&Hasty) && flags.contains(&Run)), "{found:?}");
}

async fn due(db: &TestStore) -> Due {
    db.system().due(1).await.unwrap()[0]
}

fn signs(items: &[NewResponse]) -> Vec<NewSigns> {
    items.iter().map(|item| NewSigns { id: item.response.id, signs: CHILD.to_vec() }).collect()
}

async fn one_more(db: &TestStore, fixture: &Fixture) -> NewResponse {
    let item = fixture.visitor().face(3).nps(7).done();
    commit(db, std::slice::from_ref(&item)).await;
    item
}

async fn what_follows_from_less_is_refused(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let items = honest(&fixture, 4);
    commit(db, &items).await;
    let early = due(db).await;
    let system = db.system();
    assert!(system.begin(early).await.unwrap());
    assert!(system.set_signs(early, &signs(&items[..1]), TONIGHT).await.unwrap());
    one_more(db, &fixture).await;
    let late = due(db).await;
    assert!(late.revision > early.revision);
    // Until somebody who knows more begins, whoever knows less may go on.
    assert!(system.set_signs(early, &signs(&items[1..2]), TONIGHT).await.unwrap());
    assert!(system.begin(late).await.unwrap());
    assert!(!system.set_signs(early, &signs(&items[2..]), TONIGHT).await.unwrap());
    assert!(!system.begin(early).await.unwrap());
    system.finish(early, &[]).await.unwrap();
    assert_eq!(due(db).await, late, "nor is it finished by who knows less");
    let expected = [CHILD.to_vec(), CHILD.to_vec(), vec![], vec![]];
    assert_eq!(flags_of(db, &items).await, expected);
    agrees(db).await;
    system.finish(late, &[]).await.unwrap();
    assert_eq!(system.due(1).await.unwrap(), []);
    assert!(!system.set_signs(late, &signs(&items[2..]), TONIGHT).await.unwrap(), "finished");
    assert_eq!(flags_of(db, &items).await, expected);
}

async fn what_came_meanwhile_stays_due(db: &TestStore) {
    let fixture = open_fixture(db).await;
    one_more(db, &fixture).await;
    let first = due(db).await;
    assert!(db.system().begin(first).await.unwrap());
    one_more(db, &fixture).await;
    db.system().finish(first, &[]).await.unwrap();
    let second = due(db).await;
    assert_eq!((second.at, second.revision), (first.at, first.revision + 1));
    settle(db).await;
}

/// A server that has read what another is just about to overwrite would take it for right.
async fn one_round_begins_before_it_reads(db: &TestStore) {
    let fixture = open_fixture(db).await;
    let items = honest(&fixture, 4);
    commit(db, &items).await;
    let early = due(db).await;
    assert!(db.system().begin(early).await.unwrap());
    settle(db).await;
    let wrong = NewSigns { id: items[0].response.id, signs: vec![Hasty, Burst] };
    assert!(!db.system().set_signs(early, &[wrong], TONIGHT).await.unwrap());
    settle(db).await;
    assert_eq!(flags_of(db, &items).await, vec![vec![]; 4]);
}
