//! How many requests one tablet may make. By token and never by address: all tablets of a venue stand
//! behind one router. Those that have no token yet are counted by their source (`source_limits`).
//!
//! Requests are counted and not responses, so that a long outbox drains as fast as it can. The rest is
//! generous, because a tablet that is sent away keeps answers that belong here; what is stopped is a
//! tablet, or somebody with its token, who never ceases.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::{
    id::PairingId,
    time::{Millis, SECOND},
};

/// How many requests are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// at once, after a time of rest
    pub at_once: u32,
    /// in a second, for ever
    pub per_second: u32,
}

impl Default for RateLimit {
    /// A tablet asks about twice a minute, and an outbox of 10,000 is a hundred requests.
    fn default() -> Self {
        Self { at_once: 100_000, per_second: 100 }
    }
}

impl RateLimit {
    /// Counts a request of whoever's steady pace is at `due`.
    pub(crate) fn count(self, due: &mut Due, now: Millis) -> Result<(), Duration> {
        let step = SECOND * MICROS / i64::from(self.per_second.max(1));
        let room = step.saturating_mul(i64::from(self.at_once.max(1)));
        let now = now.saturating_mul(MICROS);
        // A clock that was set back must not shut anybody out.
        *due = (*due).clamp(now, now.saturating_add(room));
        let next = due.saturating_add(step);
        let over = next - now - room;
        if over > 0 {
            return Err(Duration::from_micros(over.unsigned_abs()));
        }
        *due = next;
        Ok(())
    }

    /// Whether whoever's steady pace is at `due` has their whole allowance again.
    pub(super) const fn has_rested(due: Due, now: Millis) -> bool {
        due <= now.saturating_mul(MICROS)
    }
}

/// Who has asked how much, as one instant for each: when what was asked would have come at the slow
/// and steady pace that is allowed for ever (the generic cell rate algorithm, ITU-T I.371).
#[derive(Debug)]
pub struct KioskLimits {
    rate_limit: RateLimit,
    due: Mutex<HashMap<PairingId, Due>>,
}

/// Microseconds since 1970, fine enough for any rate.
pub(crate) type Due = i64;

const MICROS: i64 = 1_000;

impl KioskLimits {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new(rate_limit: RateLimit) -> Self {
        Self { rate_limit, due: Mutex::default() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, where it is one too many; it is not counted then.
    pub fn count(&self, pairing: PairingId, now: Millis) -> Result<(), Duration> {
        // The lock is held for a moment and by nothing that can panic. There is one entry for each
        // pairing that exists, so the map stays small.
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        self.rate_limit.count(due.entry(pairing).or_default(), now)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn many_at_once_then_steadily() {
        let requests = KioskLimits::new(RateLimit { at_once: 5, per_second: 2 });
        let (one, other) = (PairingId(Uuid::from_u128(1)), PairingId(Uuid::from_u128(2)));
        let now = 1_795_000_000_000;
        for _ in 0..5 {
            assert_eq!(requests.count(one, now), Ok(()));
        }
        for _ in 0..3 {
            assert_eq!(requests.count(one, now), Err(Duration::from_millis(500)), "asking again costs nothing");
        }
        assert_eq!(requests.count(other, now), Ok(()), "everybody has an allowance of their own");
        assert_eq!(requests.count(one, now + 499), Err(Duration::from_millis(1)));
        assert_eq!(requests.count(one, now + 500), Ok(()));
        assert!(requests.count(one, now + 500).is_err());
        for _ in 0..5 {
            assert_eq!(requests.count(one, now + 60_000), Ok(()), "rest gives everything back");
        }
        assert!(requests.count(one, now + 60_000).is_err());
        assert!(requests.count(one, now - 86_400_000).is_err());
        assert_eq!(requests.count(one, now - 86_400_000 + 500), Ok(()), "a clock set back shuts nobody out");
    }
}
