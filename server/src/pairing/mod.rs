//! Pairing: how a tablet that nobody knows becomes a kiosk.
//!
//! The tablet makes its own token, keeps it, and tells only its hash. It is given three [`words`] and
//! shows them; whoever of the staff types them says which kiosk the tablet is to be, and from then on
//! the token opens what a kiosk may do. Waiting tablets are never listed: to know the words one must
//! see the screen. They live for [`LASTS`], and once.
//!
//! What does not belong here: HTTP, markup, SQL.

mod admission;
pub mod limits;
pub mod words;

use std::{fmt, net::IpAddr, sync::Arc};

use domain::{
    id::{PairingId, UserId},
    time::{Millis, SECOND},
};

use self::{
    admission::Admission,
    limits::{LASTS, LOOKS_AWAY, MOST_WAITING},
    words::Words,
};
use crate::{
    auth::throttle,
    clock::{Clock, Rng},
    secrets::seal,
};
use store::{
    StaffStore, StoreError, SystemStore,
    kiosks::TokenHash,
    pairings::{Confirmation, Paired, Place, Waiting, WaitingLimits, Waits, WordsHash},
};

/// That a tablet has asked is remembered this often: each time is a commit.
const REMEMBERED: Millis = 5 * SECOND;

/// How often words are drawn again because another tablet shows them already. With
/// [`MOST_WAITING`] among 2^24, twice is rarer than a broken disk.
const DRAWS: usize = 4;

/// What a tablet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// as the store knows it
    pub waiting: Waiting,
    /// what stands on the screen
    pub words: Words,
}

/// Pairs tablets, for one server.
pub struct PairingService {
    store: Arc<dyn SystemStore>,
    clock: Arc<dyn Clock>,
    rng: Arc<Rng>,
    /// the words of a tablet, and their hash, follow from this
    key: [u8; 32],
    /// how often tablets that nobody knows ask for words
    admission: Admission,
}

impl fmt::Debug for PairingService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PairingService").field("admission", &self.admission).finish_non_exhaustive()
    }
}

/// What became of the words that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// what the store did with them
    Looked(Paired),
    /// too many wrong words: later
    TooOften,
}

impl PairingService {
    /// With the server's key.
    #[must_use]
    pub fn new(store: Arc<dyn SystemStore>, clock: Arc<dyn Clock>, rng: Arc<Rng>, key: [u8; 32]) -> Self {
        Self { store, clock, rng, key, admission: Admission::default() }
    }

    /// Lets a tablet wait. One that waits already keeps its words: reloading its page must not take them
    /// from whoever is typing. `None` where too many wait or come at once, of the same source or over all; whoever comes
    /// back with the same token is let in.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn invite(&self, token: TokenHash, source: Option<IpAddr>) -> Result<Option<Invitation>, StoreError> {
        let now = self.clock.now();
        if let Some(waiting) = self.store.waiting_tablet(token, now).await? {
            return Ok(Some(Invitation { waiting, words: self.words_of(waiting.id) }));
        }
        let Some(admitted) = self.admission.admit(&token, source, now) else { return Ok(None) };
        let expires_before = now + LASTS - admitted.undisturbed();
        let limits = WaitingLimits { most: MOST_WAITING, silent_since: now - LOOKS_AWAY, expires_before };
        for _ in 0..DRAWS {
            let id = self.rng.uuid(now).into();
            let words = self.words_of(id);
            let asks = Waiting { id, token, words: self.hash(words), expires_at: now + LASTS, asked_at: None };
            match self.store.wait_for_pairing(&asks, now, limits).await? {
                Waits::Yes(waiting) => {
                    self.admission.waits(waiting.id, &token, source, now);
                    return Ok(Some(Invitation { waiting, words: self.words_of(waiting.id) }));
                }
                Waits::TooMany => {
                    self.admission.refused(&token, now);
                    return Ok(None);
                }
                Waits::WordsTaken => {}
            }
        }
        Ok(None)
    }

    /// Whether the tablet with this token waits under this id. Asking keeps its place.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn is_waiting(
        &self,
        id: PairingId,
        token: TokenHash,
        source: Option<IpAddr>,
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let Some(waiting) = self.store.waiting_tablet(token, now).await?.filter(|waiting| waiting.id == id) else {
            return Ok(false);
        };
        self.admission.waits(id, &token, source, now);
        if waiting.asked_at.is_none_or(|asked| now - asked >= REMEMBERED) {
            self.store.waiting_tablet_asked(id, now).await?;
        }
        Ok(true)
    }

    /// Pairs the tablet that shows one of these words, within what `store` lets be seen.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn confirm(
        &self,
        store: &dyn StaffStore,
        words: &[Words],
        place: Place,
        by: UserId,
    ) -> Result<Confirmed, StoreError> {
        let now = self.clock.now();
        if !throttle::may_type_words(&*self.store, by, now).await? {
            return Ok(Confirmed::TooOften);
        }
        let words = words.iter().map(|words| self.hash(*words)).collect();
        let confirmation = Confirmation { words, place, by: Some(by) };
        let paired = store.pair(&confirmation, now).await?;
        if matches!(paired, Paired::Done(_)) {
            throttle::typed_right_words(&*self.store, by).await?;
        }
        Ok(Confirmed::Looked(paired))
    }

    /// The words of a waiting tablet follow from its id and the server's key, so that they can be told
    /// again and need not be stored.
    fn words_of(&self, id: PairingId) -> Words {
        let seal = seal(&self.key, &[b"words of ", id.0.as_bytes().as_slice()].concat());
        Words([seal[0], seal[1], seal[2]])
    }

    /// What the store keeps of words: a keyed hash, because 24 bits are tried in a second.
    fn hash(&self, words: Words) -> WordsHash {
        seal(&self.key, &[b"hash of words ", words.0.as_slice()].concat())
    }
}
