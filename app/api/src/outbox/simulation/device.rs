//! A tablet: its disk, and up to three tabs that die at any moment. It does what the browser's part
//! does around the rules: the crate `kiosk`: `storage`, `sync::outbox`.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use uuid::Uuid;

use super::server::Server;
use crate::outbox::{
    batch::{Age, body},
    drain::{Command, Drain, Event},
    object_stores::{NUMBERED, Numbers, ObjectStore, RESYNC_EPOCH, Waiting, Write, finish, last_key, recover, seq_of},
    reply::{BatchReply, Disposition, disposition},
};

const PAIRING: &str = "p";

/// What the browser's database does with the next transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disk {
    Works,
    /// nothing is written, and it says so
    Refuses,
    /// nothing more fits onto it, but something can be taken away
    IsFull,
    /// everything is written, and it says that nothing was
    Lies,
}

/// One tab.
#[derive(Debug, Default)]
struct Page {
    drain: Drain,
    /// what the drain wants done
    command: Option<Command>,
    /// what came back, not yet handed over
    answer: Option<BatchReply>,
    /// the visitor who is answering
    visit: Option<Uuid>,
    /// what neither disk nor server took
    unsaved: Vec<Uuid>,
    holds_lock: bool,
}

/// The tablet.
#[derive(Debug)]
pub(super) struct Device {
    object_stores: BTreeMap<(ObjectStore, String), String>,
    /// what the next transactions meet, the last one first
    pub(super) moods: Vec<Disk>,
    /// and what all others meet
    pub(super) disk: Disk,
    pages: Vec<Option<Page>>,
    /// the tab that may finish what dead tabs left
    guard: Option<usize>,
    next_id: u128,
    now: i64,
    /// everybody who tapped
    pub(super) begun: BTreeSet<Uuid>,
    /// whose answers are safe, as far as anybody was told
    pub(super) safe: BTreeSet<Uuid>,
    /// who was thanked for everything
    pub(super) whole: BTreeSet<Uuid>,
    /// whose answers the server may have although it did not say so
    pub(super) unsure: BTreeSet<Uuid>,
    /// whose answers the server has, and whose draft is still to be taken away; not on the disk
    pub(super) noted: BTreeSet<Uuid>,
    /// whose answers went to the server past the disk: a backup restored later may know nothing of them
    pub(super) alone: BTreeSet<Uuid>,
    /// whose answers left the disk without a copy, for want of room: nor of them
    pub(super) uncopied: BTreeSet<Uuid>,
}

impl Device {
    pub(super) fn new() -> Self {
        Self {
            object_stores: BTreeMap::new(),
            moods: Vec::new(),
            disk: Disk::Works,
            pages: vec![None, None, None],
            guard: None,
            next_id: 1,
            now: 0,
            begun: BTreeSet::new(),
            safe: BTreeSet::new(),
            whole: BTreeSet::new(),
            unsure: BTreeSet::new(),
            noted: BTreeSet::new(),
            alone: BTreeSet::new(),
            uncopied: BTreeSet::new(),
        }
    }

    pub(super) fn on(&self, place: ObjectStore) -> BTreeMap<String, String> {
        self.after(place, "").map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    pub(super) fn has_any(&self, place: ObjectStore) -> bool {
        self.after(place, "").next().is_some()
    }

    /// Whether a response lies anywhere.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.object_stores.keys().any(|(_, key)| key.ends_with(id))
    }

    fn after(&self, place: ObjectStore, key: &str) -> impl Iterator<Item = (&String, &String)> {
        let behind = (Bound::Excluded((place, key.to_owned())), Bound::Unbounded);
        let all = self.object_stores.range(behind).take_while(move |((on, _), _)| *on == place);
        all.map(|((_, key), value)| (key, value))
    }

    /// A tab is opened, or dies and is opened again.
    pub(super) fn open(&mut self, page: usize) {
        self.close(page);
        let mut fresh = Page::default();
        fresh.drain.remember(self.get(ObjectStore::Settings, RESYNC_EPOCH));
        self.pages[page] = Some(fresh);
        self.guard();
        self.tell(page, Event::Wake);
    }

    pub(super) fn close(&mut self, page: usize) {
        self.pages[page] = None;
        if self.guard == Some(page) {
            self.guard = None;
            self.guard();
        }
    }

    /// The oldest living tab finishes what dead ones left behind.
    fn guard(&mut self) {
        if self.guard.is_some() {
            return;
        }
        self.guard = self.pages.iter().position(Option::is_some);
        if self.guard.is_none() || self.forget_drafts().is_err() {
            return;
        }
        // Who still answers in whichever tab holds a lock.
        let pages = self.pages.iter().flatten();
        let alive: BTreeSet<String> =
            pages.flat_map(|page| page.visit.iter().chain(&page.unsaved)).map(Uuid::to_string).collect();
        for id in self.on(ObjectStore::Drafts).into_keys().filter(|id| !alive.contains(id)) {
            // Where it fails, the next start does it.
            let _ = self.twice(|device| {
                let Some(draft) = device.get(ObjectStore::Drafts, &id) else { return Vec::new() };
                recover(&id, &draft, &device.numbers(&id))
            });
        }
    }

    /// Takes away the drafts of what the server has.
    fn forget_drafts(&mut self) -> Result<(), ()> {
        let takes: Vec<Write> =
            self.noted.iter().map(|id| Write::Delete(ObjectStore::Drafts, id.to_string())).collect();
        if !takes.is_empty() {
            self.twice(|_| takes.clone())?;
            self.noted.clear();
        }
        Ok(())
    }

    /// A visitor's first tap.
    pub(super) fn begin(&mut self, page: usize) {
        let id = Uuid::from_u128(self.next_id);
        let Some(Some(open)) = self.pages.get_mut(page) else { return };
        if open.visit.is_some() {
            return;
        }
        open.visit = Some(id);
        self.next_id += 1;
        self.begun.insert(id);
        let draft = vec![Write::Put(ObjectStore::Drafts, id.to_string(), item(id, false))];
        if self.twice(|_| draft.clone()).is_ok() {
            self.safe.insert(id);
        }
    }

    /// The last tap: thanks only where the disk or the server has it.
    pub(super) fn finish(&mut self, page: usize, server: &mut Server) {
        let Some(id) = self.pages[page].as_mut().and_then(|open| open.visit.take()) else { return };
        self.save(page, id, server);
    }

    /// Once more for what could not be saved.
    pub(super) fn rescue(&mut self, page: usize, server: &mut Server) {
        let Some(open) = &mut self.pages[page] else { return };
        for id in std::mem::take(&mut open.unsaved) {
            self.save(page, id, server);
        }
    }

    fn save(&mut self, page: usize, id: Uuid, server: &mut Server) {
        let (key, item) = (id.to_string(), item(id, true));
        if self.twice(|device| finish(&key, &item, &device.numbers(&key))).is_ok() {
            self.safe.insert(id);
            self.whole.insert(id);
            self.tell(page, Event::Wake);
            return;
        }
        self.alone.insert(id);
        let confirmed = match server.post(&body(self.now, &[(&item, None)])) {
            BatchReply::Read(result) => matches!(disposition(0, &key, &result.results), Some((Disposition::Acked, _))),
            BatchReply::Refused(_) => false,
        };
        if confirmed {
            self.safe.insert(id);
            self.whole.insert(id);
            // Its draft must not rise again, with less in it.
            self.noted.insert(id);
            let _ = self.forget_drafts();
        } else if let Some(open) = &mut self.pages[page] {
            self.unsure.insert(id);
            open.unsaved.push(id);
        }
    }

    fn numbers(&self, id: &str) -> Numbers {
        let last = self.get(ObjectStore::Settings, &last_key(PAIRING)).and_then(|last| last.parse().ok());
        Numbers {
            last: last.unwrap_or(0),
            seen: 0,
            numbered: self.get(ObjectStore::Settings, NUMBERED),
            waiting: self.get(ObjectStore::Outbox, id),
            rejected: self.get(ObjectStore::Rejected, id).is_some(),
        }
    }

    /// Only the server had it, and is put back to a time before.
    pub(super) fn forget(&mut self, id: Uuid) {
        self.safe.remove(&id);
    }

    /// A sign of life was answered, or not.
    pub(super) fn beat(&mut self, page: usize, server: &Server) {
        if server.answers() {
            self.tell(page, Event::Beat(server.epoch()));
            if self.has_any(ObjectStore::Outbox) {
                self.tell(page, Event::Hurry);
            }
        }
    }

    /// The alarm of a rest rings.
    pub(super) fn ring(&mut self, page: usize) {
        if matches!(&self.pages[page], Some(Page { command: Some(Command::Rest(_)), .. })) {
            self.tell(page, Event::TimerFired);
        }
    }

    /// Carries out one command, or one half of it. True where there was something to do.
    pub(super) fn step(&mut self, page: usize, server: &mut Server) -> bool {
        let locked = self
            .pages
            .iter()
            .enumerate()
            .any(|(other, open)| other != page && open.as_ref().is_some_and(|open| open.holds_lock));
        let Some(open) = &mut self.pages[page] else { return false };
        if locked || matches!(open.command, None | Some(Command::Stop | Command::Rest(_) | Command::GoOn)) {
            return false;
        }
        open.holds_lock = true;
        let event = match open.command.take() {
            Some(Command::Send(batch)) if open.answer.is_some() => {
                let answer = open.answer.take().expect("looked at above");
                Event::Answered(batch, answer)
            }
            Some(Command::Read(place, after, most)) => Event::Found(self.read(place, &after, most)),
            Some(Command::Send(batch)) => {
                let items: Vec<_> = batch
                    .iter()
                    .map(|waiting| (waiting.item.as_str(), Some(Age { millis: 5, may_have_slept: false })))
                    .collect();
                let answer = server.post(&body(self.now, &items));
                let open = self.pages[page].as_mut().unwrap();
                open.answer = Some(answer);
                open.command = Some(Command::Send(batch));
                return true;
            }
            Some(Command::Write(writes, _)) => {
                let before = self.on(ObjectStore::Outbox);
                let done = self.twice(|_| writes.clone());
                let after = self.on(ObjectStore::Outbox);
                for id in before.into_keys().filter(|id| !after.contains_key(id)) {
                    if !self.holds(&id) {
                        let id = id.parse().expect("an id");
                        self.uncopied.insert(id);
                        if !server.has(id) {
                            self.forget(id);
                        }
                    }
                }
                if done.is_ok() { Event::Written } else { Event::Failed }
            }
            _ => unreachable!("looked at above"),
        };
        self.tell(page, event);
        true
    }

    pub(super) fn tell(&mut self, page: usize, event: Event) {
        self.now += 1;
        let Some(open) = &mut self.pages[page] else { return };
        let command = open.drain.on(event, self.now, 0.5);
        match command {
            Command::GoOn => {}
            command => {
                open.holds_lock &= !matches!(command, Command::Stop | Command::Rest(_));
                open.answer = None;
                open.command = Some(command);
            }
        }
    }

    fn get(&self, place: ObjectStore, key: &str) -> Option<String> {
        self.object_stores.get(&(place, key.to_owned())).cloned()
    }

    fn read(&self, place: ObjectStore, after: &str, most: usize) -> Vec<Waiting> {
        let found = self.after(place, after).take(most);
        found.map(|(key, item)| Waiting { key: key.clone(), item: item.clone() }).collect()
    }

    fn twice(&mut self, writes: impl Fn(&Self) -> Vec<Write>) -> Result<(), ()> {
        let first = writes(self);
        self.transact(first).or_else(|()| {
            let second = writes(self);
            self.transact(second)
        })
    }

    fn transact(&mut self, writes: Vec<Write>) -> Result<(), ()> {
        let mood = self.moods.pop().unwrap_or(self.disk);
        let is_put = |write: &Write| matches!(write, Write::Put(..));
        if mood == Disk::Refuses || mood == Disk::IsFull && writes.iter().any(is_put) {
            return Err(());
        }
        for write in writes {
            match write {
                Write::Put(place, key, value) => {
                    self.object_stores.insert((place, key), value);
                }
                Write::Delete(place, key) => {
                    self.object_stores.remove(&(place, key));
                }
                Write::DeleteUntil(place, until) => {
                    self.object_stores.retain(|(on, key), _| *on != place || *key > until);
                }
            }
        }
        if mood == Disk::Lies { Err(()) } else { Ok(()) }
    }

    /// The numbers of what will never reach the server.
    pub(super) fn rejected_numbers(&self) -> BTreeMap<u64, Uuid> {
        let rejected = self.on(ObjectStore::Rejected);
        rejected.iter().filter_map(|(id, record)| Some((seq_of(record)?, id.parse().ok()?))).collect()
    }
}

fn item(id: Uuid, whole: bool) -> String {
    let answers = if whole { "[1,2]" } else { "[1]" };
    format!("{{\"id\":\"{id}\",\"pairing\":\"{PAIRING}\",\"answers\":{answers}}}")
}
