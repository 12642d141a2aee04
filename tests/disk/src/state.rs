//! How the disk is: what is on it, what is wrong with it, and who waits.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use fuser::{Errno, ReplyEmpty};
use rand::rngs::StdRng;

use crate::image::Image;

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
    pub(crate) fn from_name(word: &str) -> Option<Self> {
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
    pub(crate) rng: StdRng,
}

/// The disk, and a signal when a sync hangs.
#[derive(Clone)]
pub(crate) struct Disk(Arc<(Mutex<State>, Condvar)>);

impl Disk {
    pub(crate) fn new(image: Image, rng: StdRng) -> Self {
        let state = State { image, trouble: Trouble::None, waiting: Vec::new(), rng };
        Self(Arc::new((Mutex::new(state), Condvar::new())))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere fails the test anyway.
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn signal_hanging(&self) {
        self.0.1.notify_all();
    }

    pub(crate) fn await_hanging(&self) {
        let hanging = self.0.1.wait_while(self.state(), |state| state.waiting.is_empty());
        drop(hanging);
    }

    pub(crate) fn let_go(&self) {
        for waiting in self.state().waiting.drain(..) {
            waiting.error(Errno::EIO);
        }
    }
}
