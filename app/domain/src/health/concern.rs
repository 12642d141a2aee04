//! What may be wrong with a kiosk, and how much it matters.

use super::sequence_gaps::Run;
use crate::time::Millis;

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// nothing to do
    Fine,
    /// good to know
    Note,
    /// somebody should look at it when they pass
    Look,
    /// somebody should go there now
    Urgent,
}

/// Something that may be wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Concern {
    /// the kiosk has no tablet
    Unpaired,
    /// the tablet has never been heard of
    Never {
        /// while it is expected, and has been for some minutes
        is_monitored: bool,
    },
    /// signs of life have stopped
    Silent {
        /// since when
        since: Millis,
        /// while it is expected; otherwise it may just be switched off
        is_monitored: bool,
        /// when it is expected the next time
        next_monitored: Option<Millis>,
    },
    /// some signs of life have not come
    Late {
        /// since when
        since: Millis,
        /// while it is expected
        is_monitored: bool,
    },
    /// it cannot read or write its memory
    Failure {
        /// what it says about it
        says: String,
    },
    /// responses were given and will not come: neither here nor in the tablet
    Lost {
        /// how many
        count: u64,
        /// among these numbers
        among: Vec<Run>,
    },
    /// an earlier tablet of this kiosk had responses that have not come
    LeftBehind {
        /// how many
        count: u64,
    },
    /// it took the place of a tablet that was in touch until lately: another device, or the same one
    /// without its memory
    ReplacedOrReset {
        /// the last sign of life of the one before
        before: Millis,
    },
    /// the server had another content of some responses already
    Conflicts {
        /// how many
        count: u64,
    },
    /// its storage was cleared
    Cleared {
        /// when that was noticed
        at: Millis,
    },
    /// another device opened the address that had made this one a tablet, and was refused
    OpenedAgain {
        /// when, last
        at: Millis,
    },
    /// responses that the server refused for good
    Rejected {
        /// how many
        count: u64,
    },
    /// responses wait in the tablet though it is in touch
    Stuck {
        /// how many
        count: u64,
        /// since when the oldest waits
        since: Millis,
    },
    /// responses wait in a tablet that is not in touch
    Waiting {
        /// how many, as last told
        count: u64,
    },
    /// a page is changed on its way to the tablet, so that it keeps no build
    Altered,
    /// its browser cannot run the server's build
    BrowserTooOld,
    /// its program is too old
    TooOld {
        /// which version it is
        version: String,
    },
    /// its program will renew itself
    Behind {
        /// which version it is
        version: String,
    },
    /// the battery is running low, and is not charged
    Battery {
        /// 0 to 100
        percent: u8,
    },
    /// the storage is nearly full
    Storage {
        /// 0 to 100
        percent: u8,
    },
    /// the browser may clear the storage
    NotPersisted,
    /// the browser does not say whether it may
    PersistenceUnknown,
    /// its clock is wrong
    Clock {
        /// how far ahead of the server's, in milliseconds; negative: behind
        ahead: Millis,
    },
}

impl Concern {
    /// How much it matters.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Never { is_monitored: true }
            | Self::Silent { is_monitored: true, .. }
            | Self::Failure { .. }
            | Self::Lost { .. } => Weight::Urgent,
            Self::Late { is_monitored: true, .. }
            | Self::LeftBehind { .. }
            | Self::Cleared { .. }
            | Self::OpenedAgain { .. }
            | Self::Rejected { .. }
            | Self::Stuck { .. }
            | Self::Waiting { .. }
            | Self::Altered
            | Self::BrowserTooOld
            | Self::TooOld { .. }
            | Self::Battery { .. }
            | Self::Storage { .. } => Weight::Look,
            Self::Unpaired
            | Self::ReplacedOrReset { .. }
            | Self::Conflicts { .. }
            | Self::Never { .. }
            | Self::Silent { .. }
            | Self::Late { .. }
            | Self::Behind { .. }
            | Self::NotPersisted
            | Self::PersistenceUnknown
            | Self::Clock { .. } => Weight::Note,
        }
    }
}
