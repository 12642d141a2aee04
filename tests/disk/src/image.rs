//! What is written, what of it is durable, and what a power cut leaves: without a file system around it.
//!
//! The model is at least as mean as ext4 and XFS:
//! - Bytes and length of a file are durable after an `fsync` or `fdatasync` of that file, and after
//!   nothing else. At a cut any part of what was written since may have reached the disk, in any
//!   order, torn at any sector. (Both write pages in the order they like; ext4 does put data before
//!   the metadata that shows it, which we do not.)
//! - Making, renaming and removing a file become durable in their order with an `fsync` of the
//!   folder; at a cut some of the first may have reached the disk. (Both keep that order in their
//!   journal, and promise more: syncing a new file takes its name along.)
//! - A sector of 512 bytes is written whole or not at all, which SQLite takes for granted too
//!   (`SQLITE_POWERSAFE_OVERWRITE`).
//! - Where a sync fails, what was to be synced counts as written, whether it reached the disk or
//!   not: the next sync does not try it again. (So do both: Rebello and others, USENIX ATC 2020.)
//! - Shared memory of SQLite (`-shm`) is never durable: it is made anew after a restart.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
};

use rand::{Rng, rngs::StdRng};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Which file; what a directory entry names.
pub(crate) type Number = usize;

/// What becomes of what was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnsyncedWrites {
    /// nothing of it reached the disk
    Forgotten,
    /// it reached the disk in the order in which it was written, up to some moment
    CutShort,
    /// any sector of it may have reached the disk
    Scattered,
}

impl UnsyncedWrites {
    pub(crate) fn from_name(word: &str) -> Option<Self> {
        Some(match word {
            "forgotten" => Self::Forgotten,
            "cut-short" => Self::CutShort,
            "scattered" => Self::Scattered,
            _ => return None,
        })
    }
}

/// A disk with one folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Image {
    files: Vec<File>,
    names: BTreeMap<OsString, Number>,
    durable_names: BTreeMap<OsString, Number>,
    /// done to the names since they were synced
    unsynced: Vec<Naming>,
}

#[derive(Clone, Debug, Default)]
struct File {
    /// what programs read
    now: Vec<u8>,
    durable: Vec<u8>,
    /// done since it was synced
    unsynced: Vec<Step>,
    /// never durable, so that what happens to it need not be kept
    shared_memory: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Write { at: usize, bytes: Vec<u8> },
    Resize(usize),
}

#[derive(Clone, Debug)]
enum Naming {
    Make(OsString, Number),
    Remove(OsString),
    Rename { from: OsString, to: OsString },
}

impl Image {
    /// A disk on which these files have been for a long time.
    pub(crate) fn holding(files: impl IntoIterator<Item = (OsString, Vec<u8>)>) -> Self {
        let mut image = Self::default();
        for (name, bytes) in files {
            let number = image.make(&name);
            image.write(number, 0, &bytes);
            image.sync(number);
        }
        image.sync_names();
        image
    }

    /// The files that programs see, by name.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&OsStr, &[u8])> {
        self.names.iter().map(|(name, number)| (name.as_os_str(), self.files[*number].now.as_slice()))
    }

    pub(crate) fn named(&self, name: &OsStr) -> Option<Number> {
        self.names.get(name).copied()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = (&OsStr, Number)> {
        self.names.iter().map(|(name, number)| (name.as_os_str(), *number))
    }

    pub(crate) fn len(&self, file: Number) -> Option<usize> {
        self.files.get(file).map(|file| file.now.len())
    }

    pub(crate) fn make(&mut self, name: &OsStr) -> Number {
        let number = self.files.len();
        let shared_memory = name.to_string_lossy().ends_with("-shm");
        self.files.push(File { shared_memory, ..File::default() });
        self.name(Naming::Make(name.to_owned(), number));
        number
    }

    pub(crate) fn remove(&mut self, name: &OsStr) {
        self.name(Naming::Remove(name.to_owned()));
    }

    pub(crate) fn rename(&mut self, from: &OsStr, to: &OsStr) {
        self.name(Naming::Rename { from: from.to_owned(), to: to.to_owned() });
    }

    pub(crate) fn read(&self, file: Number, at: usize, most: usize) -> &[u8] {
        let bytes = &self.files[file].now;
        let from = at.min(bytes.len());
        &bytes[from..from.saturating_add(most).min(bytes.len())]
    }

    pub(crate) fn write(&mut self, file: Number, at: usize, bytes: &[u8]) {
        self.files[file].take(Step::Write { at, bytes: bytes.to_vec() });
    }

    pub(crate) fn resize(&mut self, file: Number, len: usize) {
        self.files[file].take(Step::Resize(len));
    }

    pub(crate) fn sync(&mut self, file: Number) {
        let file = &mut self.files[file];
        for step in std::mem::take(&mut file.unsynced) {
            step.happen(&mut file.durable, |_| true);
        }
    }

    /// What was to be synced may be on the disk or not, and will not be tried again.
    pub(crate) fn fail_to_sync(&mut self, file: Number, rng: &mut StdRng) {
        let file = &mut self.files[file];
        for step in std::mem::take(&mut file.unsynced) {
            step.happen(&mut file.durable, |_| rng.random());
        }
    }

    pub(crate) fn sync_names(&mut self) {
        for naming in std::mem::take(&mut self.unsynced) {
            naming.happen(&mut self.durable_names);
        }
    }

    /// What is found when the power is back.
    pub(crate) fn after_a_cut(&self, unsynced: UnsyncedWrites, rng: &mut StdRng) -> Self {
        let mut names = self.durable_names.clone();
        let reached = match unsynced {
            UnsyncedWrites::Forgotten => 0,
            UnsyncedWrites::CutShort | UnsyncedWrites::Scattered => rng.random_range(0..=self.unsynced.len()),
        };
        for naming in &self.unsynced[..reached] {
            naming.clone().happen(&mut names);
        }
        let files = names.into_iter().map(|(name, number)| (name, self.files[number].after_a_cut(unsynced, rng)));
        Self::holding(files)
    }

    fn name(&mut self, naming: Naming) {
        naming.clone().happen(&mut self.names);
        self.unsynced.push(naming);
    }
}

impl File {
    fn take(&mut self, step: Step) {
        if self.shared_memory {
            return step.happen(&mut self.now, |_| true);
        }
        step.clone().happen(&mut self.now, |_| true);
        self.unsynced.push(step);
    }

    fn after_a_cut(&self, unsynced: UnsyncedWrites, rng: &mut StdRng) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        let whole = match unsynced {
            UnsyncedWrites::Forgotten => return bytes,
            UnsyncedWrites::CutShort => rng.random_range(0..=self.unsynced.len()),
            UnsyncedWrites::Scattered => 0,
        };
        let torn = match unsynced {
            UnsyncedWrites::CutShort => (whole + 1).min(self.unsynced.len()),
            _ => self.unsynced.len(),
        };
        for (nth, step) in self.unsynced[..torn].iter().enumerate() {
            step.clone().happen(&mut bytes, |_| nth < whole || rng.random());
        }
        bytes
    }
}

impl Step {
    /// Happens to those sectors that `reached` the disk.
    fn happen(self, to: &mut Vec<u8>, mut reached: impl FnMut(usize) -> bool) {
        match self {
            Self::Resize(len) => {
                if reached(len / SECTOR) {
                    to.resize(len, 0);
                }
            }
            Self::Write { at, bytes } => {
                let end = at + bytes.len();
                let mut from = at;
                while from < end {
                    let until = end.min((from / SECTOR + 1) * SECTOR);
                    if reached(from / SECTOR) {
                        if to.len() < until {
                            to.resize(until, 0);
                        }
                        to[from..until].copy_from_slice(&bytes[from - at..until - at]);
                    }
                    from = until;
                }
            }
        }
    }
}

impl Naming {
    fn happen(self, names: &mut BTreeMap<OsString, Number>) {
        match self {
            Self::Make(name, number) => {
                names.insert(name, number);
            }
            Self::Remove(name) => {
                names.remove(&name);
            }
            Self::Rename { from, to } => {
                if let Some(number) = names.remove(&from) {
                    names.insert(to, number);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    fn name(name: &str) -> OsString {
        name.into()
    }

    fn content(image: &Image, of: &str) -> Option<Vec<u8>> {
        image.named(&name(of)).map(|number| image.read(number, 0, usize::MAX).to_vec())
    }

    #[test]
    fn what_was_synced_survives_every_cut_and_the_rest_need_not() {
        let mut image = Image::holding([(name("old"), vec![1; 2_000])]);
        let old = image.named(&name("old")).unwrap();
        image.write(old, 1_000, &[2; 2_000]);
        image.sync(old);
        image.write(old, 0, &[3; 3_000]);
        let new = image.make(&name("new"));
        image.write(new, 0, &[4; 100]);
        image.sync(new);
        let durable = [vec![1; 1_000], vec![2; 2_000]].concat();

        let mut rng = StdRng::seed_from_u64(1);
        let cut = image.after_a_cut(UnsyncedWrites::Forgotten, &mut rng);
        assert_eq!(content(&cut, "old").unwrap(), durable);
        assert_eq!(content(&cut, "new"), None, "its name was not synced");

        let mut scattered = 0;
        for nth in 0..100 {
            let cut = image.after_a_cut(
                [UnsyncedWrites::Forgotten, UnsyncedWrites::CutShort, UnsyncedWrites::Scattered][nth % 3],
                &mut rng,
            );
            let old = content(&cut, "old").unwrap();
            for sector in old.chunks(SECTOR).zip(durable.chunks(SECTOR)) {
                assert!(sector.0 == sector.1 || sector.0.iter().all(|byte| *byte == 3), "a sector is torn");
            }
            scattered += usize::from(old.contains(&3) && old.iter().any(|byte| *byte != 3));
            assert!(content(&cut, "new").is_none_or(|new| new == [4; 100]), "its content was synced");
        }
        assert!(scattered > 20, "{scattered}");
        assert_eq!(content(&image, "old").unwrap(), [3; 3_000], "who reads before the cut reads everything");
    }

    #[test]
    fn a_sync_after_a_failed_one_does_not_bring_back_what_failed() {
        let mut rng = StdRng::seed_from_u64(2);
        let mut image = Image::holding([(name("log"), vec![0; 8_192])]);
        let log = image.named(&name("log")).unwrap();
        image.write(log, 0, &[1; 8_192]);
        image.fail_to_sync(log, &mut rng);
        image.sync(log);
        let cut = image.after_a_cut(UnsyncedWrites::Forgotten, &mut rng);
        let reached = content(&cut, "log").unwrap().into_iter().map(u32::from).sum::<u32>();
        assert!((1..8_192).contains(&reached), "{reached}");
        image.write(log, 0, &[1; 8_192]);
        image.sync(log);
        let cut = image.after_a_cut(UnsyncedWrites::Forgotten, &mut rng);
        assert_eq!(content(&cut, "log").unwrap(), [1; 8_192]);
    }

    #[test]
    fn names_become_durable_in_their_order() {
        let mut rng = StdRng::seed_from_u64(3);
        let mut image = Image::holding([(name("a"), vec![1])]);
        image.rename(&name("a"), &name("b"));
        image.make(&name("c"));
        image.remove(&name("b"));
        for _ in 0..50 {
            let cut = image.after_a_cut(UnsyncedWrites::Scattered, &mut rng);
            let names: Vec<String> = cut.names().map(|(name, _)| name.to_string_lossy().into_owned()).collect();
            assert!(
                [&["a"][..], &["b"], &["b", "c"], &["c"]]
                    .contains(&&names.iter().map(String::as_str).collect::<Vec<_>>()[..]),
                "{names:?}"
            );
        }
        image.sync_names();
        assert_eq!(image.after_a_cut(UnsyncedWrites::Forgotten, &mut rng).names().count(), 1);
    }

    #[test]
    fn shared_memory_is_gone() {
        let mut rng = StdRng::seed_from_u64(4);
        let mut image = Image::default();
        let shm = image.make(&name("aplodi.db-shm"));
        image.write(shm, 0, &[1; 10]);
        image.sync(shm);
        image.sync_names();
        assert_eq!(content(&image.after_a_cut(UnsyncedWrites::Scattered, &mut rng), "aplodi.db-shm").unwrap(), b"");
    }
}
