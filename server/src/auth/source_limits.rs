//! How much is taken from those who have no token yet: a fair share for each source, and so much over all.
//!
//! First come, first served would let one who asks a thousand times a second take everything. Where the source is not
//! known, only the limit over all applies.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::time::Millis;

use super::rate_limit::{Due, RateLimit};

/// So many sources are told apart; from then on, newcomers share one share. What has rested is forgotten first.
const SOURCES: usize = 4_096;

/// Counts requests by their source, in memory.
#[derive(Debug)]
pub struct SourceLimits {
    each: RateLimit,
    over_all: RateLimit,
    due: Mutex<Dues>,
}

#[derive(Debug, Default)]
struct Dues {
    over_all: Due,
    each: HashMap<IpAddr, Due>,
    of_others: Due,
}

impl SourceLimits {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new(each: RateLimit, over_all: RateLimit) -> Self {
        Self { each, over_all, due: Mutex::default() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, where it is one too many; it is not counted then.
    pub fn count(&self, source: Option<IpAddr>, now: Millis) -> Result<(), Duration> {
        let mut dues = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let Dues { over_all, each, of_others } = &mut *dues;
        let Some(source) = source else { return self.over_all.count(over_all, now) };
        if each.len() >= SOURCES && !each.contains_key(&source) {
            each.retain(|_, due| !RateLimit::has_rested(*due, now));
        }
        let has_room = each.len() < SOURCES || each.contains_key(&source);
        let share = if has_room { each.entry(source).or_default() } else { of_others };
        let mut counted = *share;
        self.each.count(&mut counted, now)?;
        self.over_all.count(over_all, now)?;
        *share = counted;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_795_000_000_000;

    fn limits() -> SourceLimits {
        let each = RateLimit { at_once: 5, per_second: 1 };
        SourceLimits::new(each, RateLimit { at_once: 20, per_second: 1 })
    }

    fn ip(number: u32) -> IpAddr {
        number.to_be_bytes().into()
    }

    #[test]
    fn who_asks_a_thousand_times_takes_one_share() {
        let limits = limits();
        assert_eq!((0..1_000).filter(|_| limits.count(Some(ip(1)), NOW).is_ok()).count(), 5);
        assert_eq!(limits.count(Some(ip(2)), NOW), Ok(()), "others have theirs");
        assert_eq!((0..1_000).filter(|_| limits.count(None, NOW).is_ok()).count(), 14, "over all it is twenty");
        assert!(limits.count(Some(ip(3)), NOW).is_err());
    }

    #[test]
    fn many_sources_are_not_remembered_for_ever() {
        let plenty = RateLimit { at_once: 1_000_000, per_second: 1 };
        let limits = SourceLimits::new(RateLimit { at_once: 1, per_second: 1 }, plenty);
        for number in 0..10_000 {
            _ = limits.count(Some(ip(number)), NOW);
        }
        assert_eq!(limits.due.lock().unwrap().each.len(), SOURCES);
        assert!(limits.count(Some(ip(10_001)), NOW).is_err(), "newcomers share");
        assert_eq!(limits.count(Some(ip(10_001)), NOW + 2_000), Ok(()));
        assert_eq!(limits.due.lock().unwrap().each.len(), 1, "whoever has rested is forgotten");
    }
}
