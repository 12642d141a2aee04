//! What survives a reload and a flat battery.
//!
//! - [`Storage`]: what the tablet asks of its memory; what lies where, and what is written together, is decided in
//!   `api::outbox::object_stores`;
//! - `acked_drafts`: drafts that a broken disk keeps although the server has the answer;
//! - `indexed_db`: the browser's database, written with strict durability;
//! - `memory` (in tests): a disk that does what a test wants.

pub mod acked_drafts;
#[cfg(target_arch = "wasm32")]
pub mod indexed_db;
#[cfg(test)]
pub(crate) mod memory;

use std::future::Future;

use api::outbox::object_stores::{ObjectStore, Waiting, Write, last_key};
use domain::id::PairingId;

/// The memory did not do it: full, forbidden, severed or hanging. The browser's word for it, such as
/// `QuotaExceededError`, where it had one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failed(pub Option<String>);

/// How much is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// how many wait
    pub outbox: u32,
    /// how many the server will never take
    pub rejected: u32,
    /// the id of the oldest that waits
    pub oldest: Option<String>,
}

/// Where a small text lies that must not depend on the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// as long as the device
    Device,
    /// as long as the tab, reloads included
    Tab,
}

/// The tablet's memory. Nothing is done before it is on the disk.
pub trait Storage {
    /// Remembered texts, as they stand in one moment.
    fn texts(&self, names: &[&str]) -> impl Future<Output = Result<Vec<Option<String>>, Failed>>;
    /// What is remembered under a name; where nothing is, `fresh` from now on. Two tabs that ask at the
    /// same moment are told the same.
    fn claim(&self, name: &str, fresh: &str) -> impl Future<Output = Result<String, Failed>>;
    /// Keeps a response that has begun; `None` forgets it.
    fn draft(&self, id: &str, item: Option<&str>) -> impl Future<Output = Result<(), Failed>>;
    /// Moves a finished response into the outbox, without its draft, and gives it the next number of its pairing, which
    /// is above `seq_seen`.
    fn keep(&self, id: &str, item: &str, seq_seen: u64) -> impl Future<Output = Result<(), Failed>>;
    /// Finishes what pages that died left behind: the visitors have gone, the answers stay. `mine` is answered in this
    /// page.
    fn recover(&self, mine: Option<String>) -> impl Future<Output = Result<(), Failed>>;
    /// What lies in a place behind a key, in order, at most so much.
    fn after(&self, on: ObjectStore, key: &str, most: usize) -> impl Future<Output = Result<Vec<Waiting>, Failed>>;
    /// Makes changes, all or none.
    fn write(&self, writes: &[Write]) -> impl Future<Output = Result<(), Failed>>;
    /// How much is kept.
    fn counts(&self) -> impl Future<Output = Result<Counts, Failed>>;
    /// What is wrong with the memory, in the browser's word; `None` while it works.
    fn failure(&self) -> Option<String>;
    /// Whether it worked in this page and does not any more, so that a new page may help.
    fn is_severed(&self) -> bool;
    /// A text beside the database.
    fn note(&self, place: Note, name: &str) -> Option<String>;
    /// Keeps a text beside the database, where the browser can; `None` forgets it.
    fn set_note(&self, place: Note, name: &str, text: Option<&str>);

    /// A remembered text.
    fn get(&self, name: &str) -> impl Future<Output = Result<Option<String>, Failed>> {
        async move { Ok(self.texts(&[name]).await?.pop().flatten()) }
    }

    /// Remembers texts, all or none; `None` forgets.
    fn set(&self, values: &[(&str, Option<&str>)]) -> impl Future<Output = Result<(), Failed>> {
        let write = |(name, value): &(&str, Option<&str>)| match value {
            Some(value) => Write::Put(ObjectStore::Settings, (*name).to_owned(), (*value).to_owned()),
            None => Write::Delete(ObjectStore::Settings, (*name).to_owned()),
        };
        let writes: Vec<_> = values.iter().map(write).collect();
        async move { self.write(&writes).await }
    }

    /// What the server will never take, as it is kept: `{"reason", "item"}`.
    fn rejected(&self) -> impl Future<Output = Result<Vec<String>, Failed>> {
        async move {
            let kept = self.after(ObjectStore::Rejected, "", usize::MAX).await?;
            Ok(kept.into_iter().map(|kept| kept.item).collect())
        }
    }

    /// The last number that a pairing gave to a response.
    fn last_seq(&self, pairing: PairingId) -> impl Future<Output = Result<u64, Failed>> {
        async move { Ok(self.get(&last_key(&pairing.to_string())).await?.and_then(|seq| seq.parse().ok()).unwrap_or(0)) }
    }
}
