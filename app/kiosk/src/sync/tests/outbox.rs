//! What is finished reaches the server, each response once, whatever gets lost on the way.

use std::rc::Rc;

use api::outbox::object_stores::ObjectStore;
use domain::time::{MINUTE, SECOND};

use super::world::{Network, World, item};
use crate::{session::Event, storage::memory::Disk, sync::host::Host};

#[test]
fn what_is_finished_leaves_at_once() {
    let mut world = World::new();
    let tab = world.open();
    assert!(world.answer(&tab, 1));
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (1, 0));
    assert_eq!(world.memory.keys(ObjectStore::Sent).len(), 1);
}

#[test]
fn a_lost_reply_is_asked_for_again_and_counted_once() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::LosesReplies);
    world.answer(&tab, 1);
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (1, 1), "nobody said so");
    world.server.network.set(Network::Good);
    world.pass(5 * SECOND);
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (1, 0));
}

#[test]
fn a_batch_that_is_too_large_is_halved() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::Refuses(503, true));
    (0..50).for_each(|n| assert!(world.answer(&tab, n)));
    world.server.batches.borrow_mut().clear();
    world.server.most.set(10);
    world.server.network.set(Network::Good);
    world.pass(6 * MINUTE);
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (50, 0));
    assert_eq!(world.server.batches.borrow()[..3], [50, 25, 12]);
}

#[test]
fn a_slow_way_gets_less_at_a_time() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::Down);
    (0..50).for_each(|n| assert!(world.answer(&tab, n)));
    world.server.network.set(Network::Narrow(7));
    world.pass(60 * MINUTE);
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (50, 0));
}

#[test]
fn a_restored_backup_gets_back_what_it_lacks() {
    let mut world = World::new();
    let tab = world.open();
    (0..5).for_each(|n| assert!(world.answer(&tab, n)));
    world.round(&tab);
    world.pass(SECOND);
    world.server.stored.borrow_mut().clear();
    world.server.epoch.set(2);
    world.round(&tab);
    world.pass(SECOND);
    assert_eq!(world.arrived(), 5);
}

#[test]
fn who_is_not_let_in_keeps_everything() {
    for (status, ours, doubts) in [(401, true, 1), (401, false, 0), (403, true, 0), (503, true, 0)] {
        let mut world = World::new();
        let tab = world.open();
        world.server.network.set(Network::Refuses(status, ours));
        assert!(world.answer(&tab, 1));
        assert_eq!(world.memory.keys(ObjectStore::Outbox).len(), 1, "{status}");
        assert_eq!(super::world::doubts_and_reloads(&tab).0, doubts, "{status} {ours}");
        world.server.network.set(Network::Good);
        world.pass(5 * SECOND);
        assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (1, 0));
    }
}

#[test]
fn what_the_server_will_never_take_is_kept_for_staff() {
    let mut world = World::new();
    let tab = world.open();
    world.server.rejects.borrow_mut().insert(item(1).id.to_string());
    world.answer(&tab, 1);
    world.answer(&tab, 2);
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (1, 0));
    assert_eq!(world.memory.keys(ObjectStore::Rejected), [item(1).id.to_string()]);
}

#[test]
fn past_a_full_disk_the_server_has_it_before_anybody_is_thanked() {
    let mut world = World::new();
    let tab = world.open();
    world.memory.disk(Disk::IsFull);
    assert!(world.answer(&tab, 1));
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (1, 0));
    world.server.network.set(Network::Down);
    assert!(!world.answer(&tab, 2), "it is nowhere");
    world.server.network.set(Network::Good);
    world.memory.disk(Disk::Works);
    assert!(world.answer(&tab, 2));
    assert_eq!(world.arrived(), 2);
}

#[test]
fn a_draft_of_what_went_past_the_disk_does_not_rise_again() {
    let mut world = World::new();
    let tab = world.open();
    let draft = Rc::clone(&tab);
    world.finish(async move {
        use crate::storage::Storage;
        draft.backend.storage.draft(&item(1).id.to_string(), Some(&item(1).text)).await.unwrap();
    });
    world.memory.disk(Disk::Refuses);
    assert!(world.answer(&tab, 1), "the server has it");
    world.memory.disk(Disk::Works);
    world.open();
    world.pass(SECOND);
    assert!(world.memory.keys(ObjectStore::Drafts).is_empty());
    assert_eq!(world.server.batches.borrow().len(), 1, "once");
}

#[test]
fn what_a_dead_page_left_is_finished_by_the_next() {
    let mut world = World::new();
    let dead = world.open();
    world.finish(async move {
        use crate::storage::Storage;
        dead.backend.storage.draft(&item(1).id.to_string(), Some(&item(1).text)).await.unwrap();
    });
    world.open();
    world.pass(SECOND);
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Drafts).len()), (1, 0));
}

#[test]
fn two_tabs_deliver_each_answer_once() {
    let mut world = World::new();
    let (one, other) = (world.open(), world.open());
    world.server.network.set(Network::Down);
    world.answer(&one, 1);
    world.answer(&other, 2);
    world.server.batches.borrow_mut().clear();
    world.server.network.set(Network::Good);
    for tab in [&one, &other] {
        tab.outbox.tell(api::outbox::drain::Event::Hurry);
    }
    world.pass(SECOND);
    assert_eq!((world.arrived(), world.memory.keys(ObjectStore::Outbox).len()), (2, 0));
    assert_eq!(world.server.batches.borrow().iter().sum::<usize>(), 2);
    let numbers: Vec<_> = world.server.stored.borrow().values().map(|item| item["seq"].as_u64()).collect();
    assert_eq!(numbers, [Some(1), Some(2)], "one row of numbers");
}

#[test]
fn the_age_of_an_answer_travels_with_it() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::Down);
    let host = &tab.backend.host;
    host.send(Event::Chosen(crate::fixtures::question(0), domain::response::Given::Face(4)));
    host.send(Event::EndVisit);
    let rescuing = Rc::clone(&tab);
    world.finish(async move { rescuing.outbox.rescue().await });
    assert!(tab.backend.host.session().unsaved().is_empty());
    world.pass(MINUTE);
    world.server.network.set(Network::Good);
    world.pass(6 * MINUTE);
    let stored = world.server.stored.borrow();
    let age = stored.values().next().and_then(|item| item["age_ms"].as_i64());
    assert!(age.is_some_and(|age| age >= MINUTE), "{age:?}");
}
