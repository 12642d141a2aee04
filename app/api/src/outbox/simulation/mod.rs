//! The rules against the worst that can happen: whatever is tapped, lost, repeated, refused, restored
//! or switched off in between, in the end the server's set is the set of taps, each once, in numbers
//! without a gap. What the server will never take stands in the rejected list.

mod device;
mod server;

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*, sample::select};
use uuid::Uuid;

use self::{
    device::{Device, Disk},
    server::{Network, Poison, Server},
};
use super::{drain::Event, object_stores::ObjectStore};

/// One thing that happens; the number is that of a tab.
#[derive(Clone, Copy, Debug)]
enum Act {
    Begin(usize),
    Finish(usize),
    /// several visitors in a row
    Crowd(usize, u8),
    Steps(usize, u8),
    Ring(usize),
    Beat(usize),
    Tap(usize),
    Rescue(usize),
    /// the tab dies, or the tablet's battery, and it is opened again
    Die(usize),
    Close(usize),
    Network(Network),
    LateOnesArrive,
    Disk(Disk, Disk),
    DiskStays(Disk),
    /// who taps next sends what the server will not have
    Poison(Poison),
    /// the server takes at most so many at once
    Most(usize),
    BackUp,
    Restore,
}

fn acts() -> impl Strategy<Value = Act> {
    let tab = || prop_oneof![4 => Just(0_usize), 1 => Just(1), 1 => Just(2)];
    let networks = select(vec![
        Network::Good,
        Network::Down,
        Network::LosesReplies,
        Network::Late,
        Network::Twice,
        Network::Garbles,
        Network::Narrow(1),
        Network::Narrow(30),
        Network::Stranger(200),
        Network::Stranger(302),
        Network::Stranger(400),
        Network::Stranger(413),
        Network::Stranger(403),
        Network::Closed(401),
        Network::Closed(403),
        Network::Closed(409),
        Network::Closed(429),
        Network::Closed(500),
        Network::Closed(503),
    ]);
    let disk = || select(vec![Disk::Works, Disk::Refuses, Disk::Lies]);
    prop_oneof![
        6 => tab().prop_map(Act::Begin),
        6 => tab().prop_map(Act::Finish),
        2 => (tab(), 1_u8..12).prop_map(|(tab, many)| Act::Crowd(tab, many)),
        1 => (tab(), 60_u8..130).prop_map(|(tab, many)| Act::Crowd(tab, many)),
        12 => (tab(), 1_u8..20).prop_map(|(tab, steps)| Act::Steps(tab, steps)),
        4 => tab().prop_map(Act::Ring),
        3 => tab().prop_map(Act::Beat),
        2 => tab().prop_map(Act::Tap),
        1 => tab().prop_map(Act::Rescue),
        3 => tab().prop_map(Act::Die),
        1 => tab().prop_map(Act::Close),
        5 => networks.prop_map(Act::Network),
        2 => Just(Act::Network(Network::Good)),
        1 => Just(Act::LateOnesArrive),
        3 => (disk(), disk()).prop_map(|(first, second)| Act::Disk(first, second)),
        1 => select(vec![Disk::Refuses, Disk::IsFull, Disk::Works]).prop_map(Act::DiskStays),
        1 => select(vec![Poison::Rejected, Poison::WholeBatch]).prop_map(Act::Poison),
        1 => select(vec![1, 3, 40, 500]).prop_map(Act::Most),
        1 => Just(Act::BackUp),
        1 => Just(Act::Restore),
    ]
}

struct World {
    device: Device,
    server: Server,
    poison: Option<Poison>,
}

impl World {
    fn new() -> Self {
        let mut world = Self { device: Device::new(), server: Server::new(), poison: None };
        world.device.open(0);
        world
    }

    fn happen(&mut self, act: Act) {
        let Self { device, server, poison } = self;
        match act {
            Act::Begin(tab) => {
                let before = device.begun.last().copied();
                device.begin(tab);
                let begun = device.begun.last().copied();
                if let (true, Some(id), Some(kind)) = (begun != before, begun, poison.take()) {
                    server.poison.insert(id, kind);
                }
            }
            Act::Finish(tab) => device.finish(tab, server),
            Act::Crowd(tab, many) => {
                for _ in 0..many {
                    device.begin(tab);
                    device.finish(tab, server);
                }
            }
            Act::Steps(tab, steps) => {
                (0..steps).all(|_| device.step(tab, server));
            }
            Act::Ring(tab) => device.ring(tab),
            Act::Beat(tab) => device.beat(tab, server),
            Act::Tap(tab) => device.tell(tab, Event::Hurry),
            Act::Rescue(tab) => device.rescue(tab, server),
            Act::Die(tab) => device.open(tab),
            Act::Close(tab) => device.close(tab),
            Act::Network(network) => server.network = network,
            Act::LateOnesArrive => server.receive_late(),
            Act::Disk(first, second) => device.moods = vec![second, first],
            Act::DiskStays(disk) => device.disk = disk,
            Act::Poison(kind) => *poison = Some(kind),
            Act::Most(most) => server.most = most,
            Act::BackUp => server.back_up(),
            Act::Restore => {
                server.restore();
                // What only the server had is gone with what it forgot.
                let only_there = device.alone.union(&device.uncopied);
                let forgotten: Vec<Uuid> = only_there.copied().filter(|id| !server.has(*id)).collect();
                let lost = forgotten
                    .into_iter()
                    .filter(|id| device.noted.contains(id) || !device.holds(&id.to_string()))
                    .collect::<Vec<_>>();
                for id in lost {
                    device.forget(id);
                }
            }
        }
    }

    /// The network is there again, whatever the disk does: all that waits reaches the server.
    fn empty(&mut self, network: Network) {
        let Self { device, server, .. } = self;
        server.network = network;
        server.receive_late();
        device.close(2);
        device.close(1);
        device.open(0);
        for _ in 0..2_000 {
            let waiting = device.on(ObjectStore::Outbox);
            let mut ids = waiting.keys().map(|id| id.parse().expect("an id"));
            if ids.all(|id| server.has(id) || server.poison.contains_key(&id)) {
                return;
            }
            device.tell(0, Event::Hurry);
            while device.step(0, server) {}
        }
        panic!("of {} some are held back", device.on(ObjectStore::Outbox).len());
    }

    /// The network is well again and so is the disk; what began ends. False where it never comes to rest.
    fn heal(&mut self, restart: bool) -> bool {
        let Self { device, server, .. } = self;
        server.network = Network::Good;
        server.receive_late();
        device.moods.clear();
        device.disk = Disk::Works;
        for tab in 0..3 {
            if restart {
                device.open(tab);
            }
            device.finish(tab, server);
            device.rescue(tab, server);
        }
        // The drafts of a tab that is gone wait for the guard to end as well.
        device.close(2);
        device.close(1);
        device.open(0);
        for round in 0..40 {
            device.beat(0, server);
            let mut steps = 0;
            while device.step(0, server) {
                steps += 1;
                if steps > 20_000 {
                    return false;
                }
            }
            let waits = device.has_any(ObjectStore::Outbox);
            if !waits && round > 2 {
                return true;
            }
            device.ring(0);
        }
        false
    }

    fn check(&self) {
        let Self { device, server, .. } = self;
        let stored = server.ids();
        let rejected: BTreeSet<Uuid> =
            device.on(ObjectStore::Rejected).keys().map(|id| id.parse().expect("an id")).collect();
        assert!(!device.has_any(ObjectStore::Outbox) && !device.has_any(ObjectStore::Drafts), "nothing waits");
        for id in &device.safe {
            // What went past a broken disk, without a word from the server, may leave a draft, which comes second, says
            // less and is a conflict.
            let visible = server.poison.contains_key(id) || device.unsure.contains(id);
            let found = stored.contains(id) || (visible && rejected.contains(id));
            assert!(found, "{id} was thanked for, and is lost");
        }
        for id in device.whole.intersection(&stored) {
            assert!(server.has_all(*id), "{id} was thanked for more");
        }
        for id in &rejected {
            let visible = server.poison.contains_key(id) || device.unsure.contains(id);
            assert!(visible, "{id} was rejected for nothing");
        }
        assert!(stored.is_subset(&device.begun), "nobody else answered");
        assert_eq!(server.counted_twice(), None);
        let mut numbers = server.numbers();
        for (number, id) in device.rejected_numbers() {
            numbers.entry(number).or_default().insert(id);
        }
        assert!(numbers.values().all(|ids| ids.len() == 1), "one number, one response: {numbers:?}");
        let last = numbers.keys().next_back().copied().unwrap_or(0);
        let gaps = (1..=last).filter(|number| !numbers.contains_key(number)).count();
        // Of what left without a copy a restored backup may know the answer and not the number.
        assert!(gaps <= device.uncopied.len(), "no gap: {numbers:?}");
        let forgotten = device.on(ObjectStore::Sent).into_keys().find(|key| {
            let id = key.rsplit(' ').next().expect("an id").parse().expect("an id");
            !server.has(id) && !rejected.contains(&id)
        });
        assert_eq!(forgotten, None, "everything sent is on the server as it is now");
    }
}

/// Enough to find every rule that was broken on purpose, and over in seconds.
const CASES: u32 = 160;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn the_servers_set_is_the_set_of_taps(acts in vec(acts(), 1..120), restart: bool, narrow: bool) {
        let mut world = World::new();
        for act in acts {
            world.happen(act);
        }
        if narrow {
            world.empty(Network::Narrow(3));
        }
        prop_assert!(world.heal(restart), "it comes to rest");
        world.check();
    }
}

#[test]
fn a_disk_that_takes_nothing_holds_nobody_back() {
    for disk in [Disk::IsFull, Disk::Refuses] {
        let mut world = World::new();
        world.happen(Act::Network(Network::Down));
        world.happen(Act::Crowd(0, 250));
        world.happen(Act::DiskStays(disk));
        world.empty(Network::Good);
        for _ in 0..5 {
            world.happen(Act::Tap(0));
            world.happen(Act::Steps(0, 40));
        }
        assert_eq!(world.server.ids().len(), 250);
        assert_eq!(world.server.received, 250, "{disk:?}: each once");
        assert_eq!(world.device.has_any(ObjectStore::Outbox), disk == Disk::Refuses);
        assert!(world.heal(false));
        world.check();
    }
}

#[test]
fn a_slow_way_takes_what_it_can() {
    for most in [1, 7, 80] {
        let mut world = World::new();
        world.happen(Act::Network(Network::Down));
        world.happen(Act::Crowd(0, 250));
        world.empty(Network::Narrow(most));
        assert_eq!(world.server.ids().len(), 250, "{most}");
    }
}

#[test]
fn what_is_whole_is_not_sent_again() {
    let mut world = World::new();
    world.happen(Act::Crowd(0, 250));
    world.happen(Act::BackUp);
    world.happen(Act::Crowd(0, 30));
    assert!(world.heal(false));
    world.happen(Act::Restore);
    assert_eq!(world.server.ids().len(), 0, "the backup was made before anything had arrived");
    // The tablet is switched off in the middle.
    world.happen(Act::Beat(0));
    world.happen(Act::Steps(0, 5));
    let halfway = world.server.ids().len();
    assert!((1..280).contains(&halfway), "{halfway}");
    assert!(world.heal(true));
    world.check();
    assert_eq!(world.server.ids().len(), 280);
    world.server.network = Network::Closed(500);
    for _ in 0..3 {
        world.happen(Act::Die(0));
        world.happen(Act::Beat(0));
        world.happen(Act::Steps(0, 19));
    }
    world.check();
}

/// What random runs have found once, in the fewest acts.
fn ends_well(acts: &[Act]) {
    let mut world = World::new();
    for act in acts {
        world.happen(*act);
    }
    assert!(world.heal(false), "it comes to rest");
    world.check();
}

#[test]
fn what_the_disk_denied_and_the_server_refused_gets_no_second_number() {
    let lies = Act::Disk(Disk::Refuses, Disk::Lies);
    ends_well(&[Act::Poison(Poison::Rejected), Act::Begin(0), lies, Act::Crowd(0, 2), Act::Steps(0, 4)]);
}

#[test]
fn what_is_confirmed_again_and_not_written_down_is_looked_for_again() {
    let disk = Act::Disk(Disk::Refuses, Disk::Refuses);
    let restored = [Act::Crowd(0, 1), Act::BackUp, Act::Steps(0, 4), Act::Restore];
    ends_well(&[&restored[..], &[disk, Act::Beat(0), Act::Steps(0, 5), Act::Ring(0), Act::Steps(0, 3)]].concat());
}
