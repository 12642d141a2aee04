//! A disk that does what a test wants, shared by all tabs of a tablet.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    ops::Bound,
    rc::Rc,
};

use api::outbox::object_stores::{
    NUMBERED, Numbers, ObjectStore, Waiting, Write, finish, last_key, pairing_of, recover,
};

use super::{Counts, Failed, Note, Storage};

/// What the disk does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Disk {
    #[default]
    Works,
    /// nothing more fits onto it, but something can be taken away
    IsFull,
    /// nothing is written
    Refuses,
}

/// The tablet's memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(Rc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    disk: Cell<Disk>,
    stored: RefCell<BTreeMap<(ObjectStore, String), String>>,
    notes: RefCell<BTreeMap<String, String>>,
    severed: Cell<bool>,
}

impl Memory {
    pub(crate) fn disk(&self, disk: Disk) {
        self.0.disk.set(disk);
    }

    pub(crate) fn sever(&self) {
        self.0.severed.set(true);
        self.disk(Disk::Refuses);
    }

    /// The keys of what lies in a place.
    pub(crate) fn keys(&self, on: ObjectStore) -> Vec<String> {
        self.0.stored.borrow().keys().filter(|(place, _)| *place == on).map(|(_, key)| key.clone()).collect()
    }

    pub(crate) fn text(&self, on: ObjectStore, key: &str) -> Option<String> {
        self.0.stored.borrow().get(&(on, key.to_owned())).cloned()
    }

    fn numbers(&self, id: &str, item: &str, seen: u64) -> Numbers {
        let last = pairing_of(item).and_then(|pairing| self.text(ObjectStore::Settings, &last_key(pairing)));
        Numbers {
            last: last.and_then(|last| last.parse().ok()).unwrap_or(0),
            seen,
            numbered: self.text(ObjectStore::Settings, NUMBERED),
            waiting: self.text(ObjectStore::Outbox, id),
            rejected: self.text(ObjectStore::Rejected, id).is_some(),
        }
    }

    fn make(&self, writes: &[Write]) -> Result<(), Failed> {
        let lays = writes.iter().any(|write| matches!(write, Write::Put(..)));
        match self.0.disk.get() {
            Disk::IsFull if lays => return Err(Failed(Some("QuotaExceededError".to_owned()))),
            Disk::Refuses => return Err(Failed::default()),
            _ => {}
        }
        let mut stored = self.0.stored.borrow_mut();
        for write in writes.iter().cloned() {
            match write {
                Write::Put(on, key, value) => drop(stored.insert((on, key), value)),
                Write::Delete(on, key) => drop(stored.remove(&(on, key))),
                Write::DeleteUntil(on, until) => stored.retain(|(place, key), _| *place != on || *key > until),
            }
        }
        Ok(())
    }
}

impl Storage for Memory {
    async fn texts(&self, names: &[&str]) -> Result<Vec<Option<String>>, Failed> {
        if self.0.disk.get() == Disk::Refuses {
            return Err(Failed::default());
        }
        Ok(names.iter().map(|name| self.text(ObjectStore::Settings, name)).collect())
    }

    async fn claim(&self, name: &str, fresh: &str) -> Result<String, Failed> {
        if let Some(known) = self.text(ObjectStore::Settings, name) {
            return Ok(known);
        }
        self.make(&[Write::Put(ObjectStore::Settings, name.to_owned(), fresh.to_owned())])?;
        Ok(fresh.to_owned())
    }

    async fn draft(&self, id: &str, item: Option<&str>) -> Result<(), Failed> {
        self.make(&[match item {
            Some(item) => Write::Put(ObjectStore::Drafts, id.to_owned(), item.to_owned()),
            None => Write::Delete(ObjectStore::Drafts, id.to_owned()),
        }])
    }

    async fn keep(&self, id: &str, item: &str, seq_seen: u64) -> Result<(), Failed> {
        self.make(&finish(id, item, &self.numbers(id, item, seq_seen)))
    }

    async fn recover(&self, mine: Option<String>) -> Result<(), Failed> {
        for id in self.keys(ObjectStore::Drafts).into_iter().filter(|id| Some(id) != mine.as_ref()) {
            let draft = self.text(ObjectStore::Drafts, &id).unwrap_or_default();
            self.make(&recover(&id, &draft, &self.numbers(&id, &draft, 0)))?;
        }
        Ok(())
    }

    async fn after(&self, on: ObjectStore, key: &str, most: usize) -> Result<Vec<Waiting>, Failed> {
        let stored = self.0.stored.borrow();
        let behind = stored.range((Bound::Excluded((on, key.to_owned())), Bound::Unbounded));
        let here = behind.take_while(|((place, _), _)| *place == on).take(most);
        Ok(here.map(|((_, key), item)| Waiting { key: key.clone(), item: item.clone() }).collect())
    }

    async fn write(&self, writes: &[Write]) -> Result<(), Failed> {
        self.make(writes)
    }

    async fn counts(&self) -> Result<Counts, Failed> {
        let count = |on| u32::try_from(self.keys(on).len()).unwrap_or(u32::MAX);
        let oldest = self.keys(ObjectStore::Outbox).into_iter().next();
        Ok(Counts { outbox: count(ObjectStore::Outbox), rejected: count(ObjectStore::Rejected), oldest })
    }

    fn failure(&self) -> Option<String> {
        (self.0.disk.get() != Disk::Works).then(|| "QuotaExceededError".to_owned())
    }

    fn is_severed(&self) -> bool {
        self.0.severed.get()
    }

    fn note(&self, place: Note, name: &str) -> Option<String> {
        self.0.notes.borrow().get(&format!("{place:?} {name}")).cloned()
    }

    fn set_note(&self, place: Note, name: &str, text: Option<&str>) {
        let name = format!("{place:?} {name}");
        let mut notes = self.0.notes.borrow_mut();
        match text {
            Some(text) => drop(notes.insert(name, text.to_owned())),
            None => drop(notes.remove(&name)),
        }
    }
}
