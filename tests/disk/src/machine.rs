//! Putting the disk in, and doing what the test says.

use std::{
    env, fs,
    io::{self, BufRead, Error, Write, stdin, stdout},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use fuser::{Config, Errno, MountOption, ReplyEmpty};
use rand::{SeedableRng, rngs::StdRng};

use crate::{
    folder::Folder,
    image::{Fate, Image},
};

/// What is wrong with a disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    None,
    /// every sync ends with an input/output error
    SyncsFail,
    /// no sync ends, until it is let go
    SyncsHang,
    /// nothing can be written
    ReadOnly,
    /// nothing can become larger
    Full,
    /// there is no power
    Off,
}

impl Trouble {
    fn from_name(word: &str) -> Option<Self> {
        Some(match word {
            "none" => Self::None,
            "syncs-fail" => Self::SyncsFail,
            "syncs-hang" => Self::SyncsHang,
            "read-only" => Self::ReadOnly,
            "full" => Self::Full,
            _ => return None,
        })
    }
}

/// What is on the disk and how it is.
pub(crate) struct State {
    pub(crate) image: Image,
    pub(crate) trouble: Trouble,
    /// syncs that hang
    pub(crate) waiting: Vec<ReplyEmpty>,
    pub(crate) chance: StdRng,
}

/// The disk, and a bell that rings when a sync hangs.
#[derive(Clone)]
pub(crate) struct Disk(Arc<(Mutex<State>, Condvar)>);

impl Disk {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere fails the test anyway.
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn ring(&self) {
        self.0.1.notify_all();
    }

    fn await_hanging(&self) {
        let hanging = self.0.1.wait_while(self.state(), |state| state.waiting.is_empty());
        drop(hanging);
    }

    fn let_go(&self) {
        for waiting in self.state().waiting.drain(..) {
            waiting.error(Errno::EIO);
        }
    }

    /// Nothing is read, written or synced from this moment on. Writes what is found when it is back.
    fn cut(&self, fate: Fate, to: &Path) -> io::Result<()> {
        let left = {
            let state = &mut *self.state();
            state.trouble = Trouble::Off;
            state.image.after_a_cut(fate, &mut state.chance)
        };
        for (name, bytes) in left.files() {
            fs::write(to.join(name), bytes)?;
        }
        Ok(())
    }

    fn obey(&self, line: &str) -> io::Result<()> {
        let mut words = line.splitn(3, ' ');
        match (words.next().unwrap_or_default(), words.next().and_then(Fate::from_name), words.next()) {
            ("cut", Some(fate), Some(to)) => self.cut(fate, Path::new(to))?,
            ("await-hanging", ..) => self.await_hanging(),
            ("let-go", ..) => self.let_go(),
            (word, ..) => {
                let trouble = Trouble::from_name(word).ok_or_else(|| Error::other(line.to_owned()))?;
                self.state().trouble = trouble;
            }
        }
        Ok(())
    }
}

/// Does everything that the module says.
pub(crate) fn run() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(place), Some(content), seed) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err(Error::other("disk FOLDER CONTENT SEED"));
    };
    if let Some(why) = missing() {
        return say(&format!("cannot: {why}"));
    }
    let seed = seed.and_then(|seed| seed.to_string_lossy().parse().ok()).unwrap_or(0);
    let mut files = Vec::new();
    for entry in fs::read_dir(content)? {
        let entry = entry?;
        files.push((entry.file_name(), fs::read(entry.path())?));
    }
    let (image, chance) = (Image::holding(files), StdRng::seed_from_u64(seed));
    let state = State { image, trouble: Trouble::None, waiting: Vec::new(), chance };
    let disk = Disk(Arc::new((Mutex::new(state), Condvar::new())));
    let mut config = Config::default();
    config.mount_options = vec![MountOption::FSName("aplodi-tests".into())];
    let session = fuser::spawn_mount(Folder(disk.clone()), &place, &config)?;
    say("ready")?;
    let obeyed = stdin().lock().lines().try_for_each(|line| {
        disk.obey(&line?)?;
        say("done")
    });
    // A program that is still at it must not keep us.
    disk.state().trouble = Trouble::Off;
    disk.let_go();
    if session.umount_and_join().is_err() {
        Command::new("umount").arg("-l").arg(&place).stderr(Stdio::null()).status()?;
    }
    obeyed
}

fn say(what: &str) -> io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{what}")?;
    out.flush()
}

/// Why this machine cannot have such a disk.
fn missing() -> Option<&'static str> {
    if !Path::new("/dev/fuse").exists() {
        return Some("there is no /dev/fuse here");
    }
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    let helper = || Command::new("fusermount3").arg("--version").output().is_ok();
    (!is_root && !helper()).then_some("mounting takes root, or fusermount3 from the package fuse3")
}
