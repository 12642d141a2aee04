//! How tablets come to kiosks, move with them and leave them.
//!
//! A pairing never changes its venue: answers belong to the place where they were given, also those
//! that arrive weeks later. A kiosk that moves therefore gets a new pairing under the same token, and
//! what its tablet still holds from before stays with the old one.

use async_trait::async_trait;
use domain::{
    id::{KioskId, PairingId, UserId, VenueId},
    time::Millis,
};

use super::{
    StoreError,
    kiosks::{Pairing, TokenHash},
};

/// A keyed hash of three words: all that the store ever knows of them.
pub type WordsHash = [u8; 16];

/// A tablet that waits until somebody types its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// of the pairing that it is to become
    pub id: PairingId,
    /// of the token that it made itself
    pub token: TokenHash,
    /// of the words that it shows
    pub words: WordsHash,
    /// milliseconds UTC
    pub expires_at: Millis,
    /// when it last asked whether somebody had typed them, to some seconds; `None`: not yet
    pub asked_at: Option<Millis>,
}

/// How many tablets may wait, and which of so many gives way to one that comes: first one that has
/// never asked, then the one that has not asked for the longest time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingLimits {
    /// as many may wait
    pub most: u32,
    /// one that has not asked since then gives way
    pub silent_since: Millis,
    /// and so does one whose words expire before then, though it asks
    pub expires_before: Millis,
}

/// Whether a tablet may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// it does; as it already did, where it has asked before
    Yes(Waiting),
    /// another tablet shows these words
    WordsTaken,
    /// too many wait already, and none of them gives way
    TooMany,
}

/// Where a tablet is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// a new kiosk
    New {
        /// which it becomes
        kiosk: KioskId,
        /// where
        venue: VenueId,
        /// "foyer"
        name: String,
    },
    /// instead of the tablet that a kiosk has; its history stays
    Instead(KioskId),
}

/// Somebody typed three words and said where the tablet is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// what the words may be, three at most: some stand in the lists of several languages
    pub words: Vec<WordsHash>,
    /// where to
    pub place: Place,
    /// who it was
    pub by: Option<UserId>,
}

/// What became of a [`Confirmation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paired {
    /// the tablet is this kiosk now
    Done(Pairing),
    /// no tablet waits with these words: mistyped, used, or too old
    NobodyWaits,
    /// there is no such kiosk or venue, or not for this user; the tablet still waits
    NoSuchPlace,
}

/// How a pairing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// another tablet took its place
    Replaced,
    /// the kiosk went to another venue; the tablet stayed with it
    Moved,
    /// staff ended it, here or on the tablet
    Unpaired,
}

impl EndReason {
    /// The word in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Moved => "moved",
            Self::Unpaired => "unpaired",
        }
    }

    /// What a word means.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        [Self::Replaced, Self::Moved, Self::Unpaired].into_iter().find(|ended| ended.as_str() == word)
    }
}

/// A kiosk in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KioskEntry {
    /// which
    pub id: KioskId,
    /// where it stands: "foyer"
    pub name: String,
    /// in which venue, now
    pub venue: VenueId,
    /// whether a tablet is paired with it
    pub paired: bool,
}

/// One of the pairings that a kiosk has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairingRecord {
    /// which
    pub id: PairingId,
    /// where its answers belong
    pub venue: VenueId,
    /// since when
    pub paired_at: Millis,
    /// the e-mail address of whoever confirmed it; `None`: somebody at the command line
    pub paired_by: Option<String>,
    /// when, how and by whom it ended
    pub ended: Option<(Millis, EndReason, Option<String>)>,
    /// the last sign of life
    pub last_contact: Option<Millis>,
}

/// Pairings.
#[async_trait]
pub trait Pairings {
    /// Lets a tablet wait where there is room. What has expired goes.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn wait_for_pairing(&self, tablet: &Waiting, now: Millis, limits: WaitingLimits)
    -> Result<Waits, StoreError>;

    /// The tablet that waits with this token.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn waiting_tablet(&self, token: TokenHash, now: Millis) -> Result<Option<Waiting>, StoreError>;

    /// Remembers that a waiting tablet has asked.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn waiting_tablet_asked(&self, id: PairingId, now: Millis) -> Result<(), StoreError>;
}

/// A kiosk goes to another venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// which
    pub kiosk: KioskId,
    /// where to
    pub venue: VenueId,
    /// the pairing of what its tablet takes from now on
    pub next: PairingId,
    /// who it was
    pub by: Option<UserId>,
}

/// Kiosks and their tablets, as staff see and change them.
#[async_trait]
pub trait StaffKiosks {
    /// Makes a waiting tablet a kiosk, and ends the pairing that it replaces. Its words are used up.
    ///
    /// # Errors
    /// Where the store cannot do it now; nothing has changed then.
    async fn pair(&self, confirmation: &Confirmation, now: Millis) -> Result<Paired, StoreError>;

    /// The kiosks by name.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn kiosks(&self) -> Result<Vec<KioskEntry>, StoreError>;

    /// One kiosk and all its pairings, the newest first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn kiosk(&self, id: KioskId) -> Result<Option<(KioskEntry, Vec<PairingRecord>)>, StoreError>;

    /// Gives a kiosk another name. False where there is no such kiosk.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn rename_kiosk(&self, id: KioskId, name: &str) -> Result<bool, StoreError>;

    /// Moves a kiosk to another venue: its tablet goes on under the new pairing `next`. False where
    /// there is no such kiosk or venue. Moving to where it is changes nothing.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn move_kiosk(&self, to: &Move, now: Millis) -> Result<bool, StoreError>;

    /// Ends the pairing of a kiosk: its tablet opens nothing any more, and keeps what it holds. False
    /// where there is no such kiosk, or it has no tablet.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn unpair_kiosk(&self, id: KioskId, by: Option<UserId>, now: Millis) -> Result<bool, StoreError>;
}
