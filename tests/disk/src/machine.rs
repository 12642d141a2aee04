//! Putting the disk in, and doing what the test says.

use std::{
    env, fs,
    io::{self, BufRead, Error, Write, stdin, stdout},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use fuser::{Config, MountOption};
use rand::{SeedableRng, rngs::StdRng};

use crate::{
    folder::Folder,
    image::{Image, UnsyncedWrites},
    state::{Disk, Trouble},
};

/// Nothing is read, written or synced from this moment on. Writes what is found when it is back.
fn cut(disk: &Disk, unsynced: UnsyncedWrites, to: &Path) -> io::Result<()> {
    let left = {
        let state = &mut *disk.state();
        state.trouble = Trouble::Off;
        state.image.after_a_cut(unsynced, &mut state.rng)
    };
    for (name, bytes) in left.files() {
        fs::write(to.join(name), bytes)?;
    }
    Ok(())
}

fn obey(disk: &Disk, line: &str) -> io::Result<()> {
    let mut words = line.splitn(3, ' ');
    match (words.next().unwrap_or_default(), words.next().and_then(UnsyncedWrites::from_name), words.next()) {
        ("cut", Some(unsynced), Some(to)) => cut(disk, unsynced, Path::new(to))?,
        ("await-hanging", ..) => disk.await_hanging(),
        ("let-go", ..) => disk.let_go(),
        (word, ..) => {
            let trouble = Trouble::from_name(word).ok_or_else(|| Error::other(line.to_owned()))?;
            disk.state().trouble = trouble;
        }
    }
    Ok(())
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
    let disk = Disk::new(Image::holding(files), StdRng::seed_from_u64(seed));
    let mut config = Config::default();
    config.mount_options = vec![MountOption::FSName("aplodi-tests".into())];
    let session = fuser::spawn_mount(Folder(disk.clone()), &place, &config)?;
    say("ready")?;
    let obeyed = stdin().lock().lines().try_for_each(|line| {
        obey(&disk, &line?)?;
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
