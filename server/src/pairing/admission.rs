//! Which of the tablets that nobody knows is given words: a fair share for each source, and a lane of its own for those
//! that were refused and came back.
//!
//! Behind a web server that was not named no source is known, and a flood that asks a thousand times a second takes all
//! that is given out over all. But it asks with another token each time, or it waits like everybody else: whoever comes
//! back with the same token some seconds later is let in at a pace that those who ask for the first time cannot use up.
//! What is kept is in memory, bounded, and forgotten within minutes.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use domain::{
    id::PairingId,
    time::{MINUTE, Millis, SECOND},
};

use super::limits::{LOOKS_AWAY, MOST_WAITING, UNDISTURBED, UNPAIRED_RATE};
use crate::auth::{
    rate_limit::{Due, RateLimit},
    source_limits::SourceLimits,
};
use store::kiosks::TokenHash;

/// Of one source. Several tablets are unpacked at once where there is one router.
const OF_ONE_SOURCE: RateLimit = RateLimit { at_once: 20, per_second: 1 };
/// So many of one source wait.
const WAITING_OF_ONE_SOURCE: usize = 20;

/// Tablets that come back.
const OF_RETURNING: RateLimit = RateLimit { at_once: 5, per_second: 1 };
/// Whoever was refused comes back after this time at the earliest ...
const NOT_BEFORE: Millis = 3 * SECOND;
/// ... and is remembered for so long at least, unless ...
const REMEMBERED: Millis = MINUTE;
/// ... so many others come meanwhile.
const MOST_REMEMBERED: usize = 25_000;
/// Where all places are taken by tablets that keep asking, one that came back takes the place of one that has had it for
/// so long.
const UNDISTURBED_BY_RETURNING: Millis = 30 * SECOND;

/// How a tablet is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admitted {
    /// it asks for the first time, and there is an allowance left
    First,
    /// it was refused before
    Returning,
}

impl Admitted {
    /// Whose words are so old gives way to it.
    pub(super) const fn undisturbed(self) -> Millis {
        match self {
            Self::First => UNDISTURBED,
            Self::Returning => UNDISTURBED_BY_RETURNING,
        }
    }
}

/// Lets tablets in, or not yet.
#[derive(Debug)]
pub(super) struct Admission {
    limits: SourceLimits,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    returning: Due,
    refused: Refused,
    /// from where a waiting tablet comes, and when it last asked
    waiting: HashMap<PairingId, (IpAddr, Millis)>,
}

/// Who was refused, and when first, by a part of the hash of their token. Two generations, of which the older is forgotten
/// as a whole: a flood must not be searched through.
#[derive(Debug, Default)]
struct Refused {
    begun_at: Millis,
    young: HashMap<[u8; 8], Millis>,
    old: HashMap<[u8; 8], Millis>,
}

impl Refused {
    fn since(&self, token: &TokenHash) -> Option<Millis> {
        [&self.old, &self.young].into_iter().find_map(|generation| generation.get(&key(token)).copied())
    }

    fn remember(&mut self, token: &TokenHash, now: Millis) {
        if self.young.len() >= MOST_REMEMBERED || now - self.begun_at >= REMEMBERED {
            self.old = std::mem::take(&mut self.young);
            self.begun_at = now;
        }
        let since = self.since(token).unwrap_or(now);
        self.young.insert(key(token), since);
    }

    fn forget(&mut self, token: &TokenHash) {
        self.young.remove(&key(token));
        self.old.remove(&key(token));
    }
}

impl Default for Admission {
    fn default() -> Self {
        Self { limits: SourceLimits::new(OF_ONE_SOURCE, UNPAIRED_RATE), state: Mutex::default() }
    }
}

impl Admission {
    /// Whether a tablet may have words now.
    pub(super) fn admit(&self, token: &TokenHash, source: Option<IpAddr>, now: Millis) -> Option<Admitted> {
        let mut state = self.state();
        if let Some(source) = source {
            let still = |asked: Millis| now - asked < LOOKS_AWAY;
            let waiting = state.waiting.values().filter(|(from, asked)| *from == source && still(*asked)).count();
            if waiting >= WAITING_OF_ONE_SOURCE {
                return None;
            }
        }
        if self.limits.count(source, now).is_ok() {
            return Some(Admitted::First);
        }
        let came_back = state.refused.since(token).is_some_and(|since| now - since >= NOT_BEFORE);
        if came_back && OF_RETURNING.count(&mut state.returning, now).is_ok() {
            return Some(Admitted::Returning);
        }
        drop(state);
        self.refused(token, now);
        None
    }

    /// There was no place for a tablet.
    pub(super) fn refused(&self, token: &TokenHash, now: Millis) {
        self.state().refused.remember(token, now);
    }

    /// A tablet waits, and has just asked.
    pub(super) fn waits(&self, id: PairingId, token: &TokenHash, source: Option<IpAddr>, now: Millis) {
        let mut state = self.state();
        state.refused.forget(token);
        let Some(source) = source else { return };
        // Of those that have a place in the store some are here.
        if state.waiting.len() >= 4 * MOST_WAITING as usize {
            state.waiting.retain(|_, (_, asked)| now - *asked < LOOKS_AWAY);
        }
        state.waiting.insert(id, (source, now));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(token: &TokenHash) -> [u8; 8] {
    let mut key = [0; 8];
    key.copy_from_slice(&token[..8]);
    key
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOW: Millis = 1_795_000_000_000;

    fn token(number: u64) -> TokenHash {
        let mut token = [0; 32];
        token[..8].copy_from_slice(&number.to_be_bytes());
        token
    }

    #[test]
    fn a_flood_from_one_source_takes_its_share_and_no_more() {
        let admission = Admission::default();
        let flood = Some([192, 0, 2, 1].into());
        let admitted = (0..1_444).filter_map(|number| admission.admit(&token(number), flood, NOW)).count();
        assert_eq!(admitted, 20);
        assert_eq!(admission.admit(&token(9_999), Some([192, 0, 2, 2].into()), NOW), Some(Admitted::First));
    }

    #[test]
    fn tablets_of_one_source_that_keep_asking_leave_places_to_others() {
        let admission = Admission::default();
        let flood = Some([192, 0, 2, 1].into());
        let mut admitted = 0;
        for second in 0..120_u64 {
            let now = NOW + Millis::try_from(second).unwrap() * SECOND;
            if admission.admit(&token(second), flood, now).is_some() {
                admitted += 1;
            }
            for waiting in 0..admitted {
                admission.waits(PairingId(Uuid::from_u128(waiting)), &token(0), flood, now);
            }
        }
        assert_eq!(admitted, 20);
    }

    #[test]
    fn where_no_source_is_known_whoever_comes_back_is_let_in() {
        let admission = Admission::default();
        let mut strangers = 0;
        let mut flood = |now| {
            for _ in 0..1_444 {
                strangers += 1;
                _ = admission.admit(&token(strangers), None, now);
            }
        };
        let tablet = token(u64::MAX);
        flood(NOW);
        assert_eq!(admission.admit(&tablet, None, NOW), None);
        for second in 1..=5 {
            flood(NOW + second * SECOND);
        }
        assert_eq!(admission.admit(&tablet, None, NOW + 5 * SECOND), Some(Admitted::Returning));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let admission = Admission::default();
        for number in 0..200_000 {
            _ = admission.admit(&token(number), None, NOW);
        }
        assert!(admission.state().refused.young.len() <= MOST_REMEMBERED);
        for minute in 1..3 {
            admission.refused(&token(200_000), NOW + minute * REMEMBERED);
        }
        let state = admission.state();
        assert_eq!((state.refused.young.len(), state.refused.old.len()), (1, 1), "and forgotten");
    }
}
