//! Which token the tablet has, and what it does without one.

use std::rc::Rc;

use api::outbox::object_stores::ObjectStore;
use domain::time::{MINUTE, SECOND};

use super::world::{Network, TabSync, World, doubts_and_reloads};
use crate::{
    session::{Access, Scene},
    storage::{Note, Storage, memory::Disk},
    sync::{backend::names::BROUGHT, host::Host, pairing::Invited},
};

fn scene(tab: &TabSync) -> Scene {
    tab.backend.host.session().screen().scene
}

/// Asks for a pairing.
fn invite(world: &mut World, tab: &TabSync, secret: &str) -> Invited {
    let (tab, secret) = (Rc::clone(tab), secret.to_owned());
    world.finish(async move { tab.invite(Some(secret)).await })
}

/// A token opens something.
fn welcome(world: &mut World, tab: &TabSync, token: &str) -> bool {
    let (tab, token) = (Rc::clone(tab), token.to_owned());
    world.finish(async move { tab.welcome(&token).await })
}

/// Staff end the pairing at the tablet.
fn unpair(world: &mut World, tab: &TabSync) -> bool {
    let tab = Rc::clone(tab);
    world.finish(async move { tab.unpair().await })
}

#[test]
fn a_tablet_starts_without_a_network() {
    let mut world = World::new();
    world.server.network.set(Network::Down);
    let tab = world.open();
    assert_eq!((scene(&tab), tab.backend.access()), (Scene::Asking, Access::Paired));
}

#[test]
fn aplodi_alone_revokes_a_token() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::Refuses(401, false));
    world.round(&tab);
    assert_eq!(scene(&tab), Scene::Asking, "a hotel's portal says 401 as well");
    world.server.network.set(Network::Refuses(401, true));
    world.round(&tab);
    assert_eq!(scene(&tab), Scene::Revoked);
    world.server.network.set(Network::Good);
    world.round(&tab);
    assert_eq!(scene(&tab), Scene::Asking);
}

#[test]
fn a_token_is_doubted_once_in_half_a_minute() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::Refuses(500, true));
    let doubt = |world: &mut World| {
        let tab = Rc::clone(&tab);
        world.finish(async move { tab.heartbeat.doubt().await });
    };
    doubt(&mut world);
    world.server.network.set(Network::Refuses(401, true));
    doubt(&mut world);
    assert_eq!(scene(&tab), Scene::Asking, "not with every tap of a visitor");
    world.pass(30 * SECOND);
    doubt(&mut world);
    assert_eq!(scene(&tab), Scene::Revoked);
}

#[test]
fn what_waits_goes_out_with_the_next_token() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::Down);
    world.answer(&tab, 1);
    assert!(unpair(&mut world, &tab));
    assert_eq!((scene(&tab), world.memory.keys(ObjectStore::Outbox).len()), (Scene::Unpaired, 1));
    world.server.network.set(Network::Good);
    world.pass(6 * MINUTE);
    assert_eq!(world.arrived(), 0, "without a token nothing leaves");
    assert_eq!(invite(&mut world, &tab, "new"), Invited::With("new".into()));
    assert!(welcome(&mut world, &tab, "new"));
    world.pass(SECOND);
    assert_eq!((scene(&tab), world.arrived()), (Scene::Asking, 1));
    assert!(world.server.unpaired.borrow().is_empty());
    world.round(&tab);
    assert_eq!(*world.server.unpaired.borrow(), ["t"], "the server hears of the end of the first pairing");
}

/// Somebody opens an address with a token in it.
fn open_with(world: &mut World, token: &str) -> TabSync {
    let tab = world.open();
    tab.backend.storage.set_note(Note::Tab, BROUGHT, Some(token));
    tab.pairing.bring();
    tab
}

#[test]
fn an_address_is_asked_about_once() {
    let mut world = World::new();
    let tab = open_with(&mut world, "t");
    assert_eq!(tab.backend.access(), Access::Paired, "that is its own");
    let tab = open_with(&mut world, "printed");
    assert_eq!(scene(&tab), Scene::Unpaired);
    assert_eq!(invite(&mut world, &tab, "new"), Invited::Brought("printed".into()));
    assert!(welcome(&mut world, &tab, "printed"));
    assert_eq!((scene(&tab), tab.backend.token().as_deref()), (Scene::Asking, Some("printed")));
    assert_eq!(open_with(&mut world, "printed").backend.access(), Access::Paired);

    // It is paired by words later, and its browser still opens that address at every start.
    assert!(unpair(&mut world, &tab));
    assert_eq!(invite(&mut world, &tab, "new"), Invited::With("new".into()));
    assert!(welcome(&mut world, &tab, "new"));
    let tab = open_with(&mut world, "printed");
    assert_eq!((tab.backend.access(), tab.backend.token().as_deref()), (Access::Paired, Some("new")));

    // Of another one it is said that it is not for this device.
    let tab = open_with(&mut world, "other");
    assert_eq!(invite(&mut world, &tab, "newer"), Invited::Brought("other".into()));
    let leaving = Rc::clone(&tab);
    world.finish(async move { leaving.pairing.leave().await });
    assert_eq!((scene(&tab), tab.backend.token().as_deref()), (Scene::Asking, Some("new")));
    assert_eq!(open_with(&mut world, "other").backend.access(), Access::Paired);
}

#[test]
fn a_tablet_that_was_unpaired_may_be_made_one_by_the_same_address() {
    let mut world = World::new();
    let tab = open_with(&mut world, "printed");
    assert!(welcome(&mut world, &tab, "printed"));
    assert!(unpair(&mut world, &tab));
    let tab = open_with(&mut world, "printed");
    assert_eq!(invite(&mut world, &tab, "new"), Invited::Brought("printed".into()));
}

#[test]
fn two_tabs_ask_with_the_same_token() {
    let mut world = World::new();
    let tab = world.open();
    assert!(unpair(&mut world, &tab));
    let other = world.open();
    assert_eq!(invite(&mut world, &tab, "a"), Invited::With("a".into()));
    assert_eq!(invite(&mut world, &other, "b"), Invited::With("a".into()));
    assert!(welcome(&mut world, &tab, "a"));
    assert_eq!(invite(&mut world, &other, "c"), Invited::Paired, "the other tab has been paired meanwhile");
    assert_eq!(scene(&other), Scene::Asking);
}

#[test]
fn a_disk_that_keeps_nothing_gets_no_token_and_a_pairing_waits_for_it() {
    let mut world = World::new();
    let tab = world.open();
    assert!(unpair(&mut world, &tab));
    assert_eq!(invite(&mut world, &tab, "a"), Invited::With("a".into()));
    world.memory.disk(Disk::Refuses);
    assert_eq!(invite(&mut world, &tab, "a"), Invited::Unkept);
    assert!(!welcome(&mut world, &tab, "a"), "the words were typed, the disk does not take it");
    assert_eq!(scene(&tab), Scene::Unpaired);
    world.memory.disk(Disk::Works);
    assert_eq!(invite(&mut world, &tab, "b"), Invited::Paired);
    assert_eq!((scene(&tab), tab.backend.token()), (Scene::Asking, Some("a".into())));
}

#[test]
fn a_severed_database_is_left_by_a_reload_that_somebody_can_serve() {
    let mut world = World::new();
    let tab = world.open();
    world.pass(5 * SECOND);
    world.memory.sever();
    world.server.network.set(Network::Down);
    world.round(&tab);
    assert_eq!(doubts_and_reloads(&tab).1, 0, "nobody could serve the page");
    world.server.network.set(Network::Good);
    world.round(&tab);
    assert_eq!(doubts_and_reloads(&tab).1, 1);
    let next = world.open();
    assert_eq!((next.backend.token(), scene(&next)), (Some("t".into()), Scene::Asking), "what the page before left");
}

#[test]
fn a_sign_of_life_tells_of_no_number_that_nobody_has_seen() {
    let mut world = World::new();
    let tab = world.open();
    world.server.network.set(Network::Refuses(503, true));
    (0..3).for_each(|n| assert!(world.answer(&tab, n)));
    world.server.network.set(Network::Good);
    world.round(&tab);
    let beats = world.server.beats.borrow();
    let beat = beats.last().unwrap();
    assert_eq!((beat.seq, beat.outbox, beat.rejected), (3, 3, 0));
    assert!(beat.oldest_ms.is_some());
}
