//! A disk that can be pulled out: the program in `tests/disk`, told what to do.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use harness::{program::target, report};
use rand::{Rng, rngs::StdRng};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::Mutex,
};

/// Which program it is; where it is not set, the one that `cargo xtask test` left.
const PROGRAM: &str = "APLODI_DISK";

/// The file of data on a disk.
pub(crate) const NAME: &str = "aplodi.db";

/// What becomes of what was not synced: nothing of it reached the disk; some of the first; any sector.
pub(crate) const UNSYNCED_WRITES: [&str; 3] = [FORGOTTEN, "cut-short", "scattered"];
pub(crate) const FORGOTTEN: &str = "forgotten";

/// How a disk can be.
pub(crate) const GOOD: &str = "none";
pub(crate) const SYNCS_FAIL: &str = "syncs-fail";
pub(crate) const SYNCS_HANG: &str = "syncs-hang";
pub(crate) const READ_ONLY: &str = "read-only";
pub(crate) const FULL: &str = "full";

/// The environment of a server on such a disk: what it has to complain about is known.
pub(crate) const QUIETLY: &[(&str, &str)] = &[("APLODI_LOG", "off")];

/// A disk in the machine. It goes when this value does, or the tests.
pub(crate) struct Disk {
    child: Child,
    talk: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
    place: TempDir,
}

impl Disk {
    /// Puts in a disk that holds the files in a folder. `None` where this machine cannot do it, which is said.
    ///
    /// # Panics
    /// Where it should be able to.
    pub(crate) async fn insert(content: &Path, rng: &mut StdRng) -> Option<Self> {
        let place = tempfile::tempdir().expect("a folder");
        let mut disk = Command::new(program());
        disk.arg(place.path()).arg(content).arg(rng.random::<u64>().to_string());
        let mut child = disk.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the disk's program starts");
        let stdin = child.stdin.take().expect("piped");
        let mut said = BufReader::new(child.stdout.take().expect("piped")).lines();
        let ready = said.next_line().await.expect("UTF-8").expect("the disk says how it is");
        if ready != "ready" {
            report::skipped(&ready);
            return None;
        }
        Some(Self { child, talk: Mutex::new((stdin, said)), place })
    }

    /// The address of the data on it.
    pub(crate) fn url(&self) -> String {
        url(self.place.path())
    }

    /// From now on it is like this.
    pub(crate) async fn make(&self, how: &str) {
        self.tell(how).await;
    }

    /// Waits until somebody waits for a sync that hangs.
    pub(crate) async fn until_a_sync_hangs(&self) {
        self.tell("await-hanging").await;
    }

    /// Ends every sync that hangs, without having synced anything.
    pub(crate) async fn let_go(&self) {
        self.tell("let-go").await;
    }

    /// Cuts the power: nothing is read, written or synced from this moment on. Returns what is found
    /// when it is back.
    pub(crate) async fn cut(&self, unsynced: &str) -> TempDir {
        let left = tempfile::tempdir().expect("a folder");
        self.tell(&format!("cut {unsynced} {}", left.path().display())).await;
        left
    }

    /// Takes it out.
    pub(crate) async fn remove(self) {
        let Self { mut child, talk, place } = self;
        drop(talk);
        assert!(child.wait().await.expect("a process of ours").success());
        place.close().expect("nothing is left in the folder");
    }

    async fn tell(&self, what: &str) {
        let (stdin, said) = &mut *self.talk.lock().await;
        stdin.write_all(format!("{what}\n").as_bytes()).await.expect("the disk listens");
        assert_eq!(said.next_line().await.expect("UTF-8").as_deref(), Some("done"), "{what}");
    }
}

/// The address of the data in a folder.
pub(crate) fn url(folder: &Path) -> String {
    format!("sqlite://{}", folder.join(NAME).display())
}

/// What a folder holds, in another.
pub(crate) fn copied(folder: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("a copy");
    }
    copy
}

fn program() -> PathBuf {
    let program = std::env::var_os(PROGRAM).map_or_else(|| target().join("disk/debug/disk"), PathBuf::from);
    assert!(program.is_file(), "the disk's program has not been built: run `cargo xtask test`, which builds it");
    program
}
