//! How much came from one address within the last hour, in memory only.
//!
//! The address is hashed with a key that is new every hour and known to nobody; neither address nor hash is stored or
//! logged. What is kept of it is a class with the response. It can raise doubt, and never refuses anybody.

use std::{
    collections::HashMap,
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    doubt::source::SourceClass,
    time::{HOUR, Millis},
};

use crate::{clock::Rng, secrets::seal};

/// So many addresses are told apart within an hour. Beyond, a new one is as good as unknown: it never stands for more
/// than it sent.
const MOST: usize = 100_000;

/// Counts what comes from addresses.
pub struct AddressCounts {
    rng: Arc<Rng>,
    hours: Mutex<[Hour; 2]>,
}

impl fmt::Debug for AddressCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddressCounts").finish_non_exhaustive()
    }
}

/// One hour's key and counts.
#[derive(Default)]
struct Hour {
    number: i64,
    key: [u8; 32],
    counts: HashMap<[u8; 16], u32>,
}

impl AddressCounts {
    /// Nothing has come yet.
    #[must_use]
    pub fn new(rng: Arc<Rng>) -> Self {
        Self { rng, hours: Mutex::default() }
    }

    /// Counts a response from a source ([`client_address`](crate::client_address)), and says how many these are within
    /// an hour.
    #[must_use]
    pub fn count(&self, source: Option<IpAddr>, now: Millis) -> SourceClass {
        let Some(source) = source else { return SourceClass::Unknown };
        let source = octets(source);
        // A panic elsewhere leaves the counts as good as they were.
        let mut hours = self.hours.lock().unwrap_or_else(PoisonError::into_inner);
        self.turn(&mut hours, now);
        let [this, last] = &mut *hours;
        // What remains of the hour before, as if it had come evenly.
        let remains = 1.0 - now.rem_euclid(HOUR) as f64 / HOUR as f64;
        let before = last.counts.get(&seal(&last.key, &source)).copied().unwrap_or(0);
        let is_full = this.counts.len() >= MOST;
        let count = match this.counts.entry(seal(&this.key, &source)) {
            std::collections::hash_map::Entry::Vacant(_) if is_full => 1,
            entry => {
                let count = entry.or_default();
                *count = count.saturating_add(1);
                *count
            }
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a u32")]
        let before = (f64::from(before) * remains) as u32;
        SourceClass::of(count.saturating_add(before))
    }

    /// Begins a new hour with a new key where one has begun.
    fn turn(&self, hours: &mut [Hour; 2], now: Millis) {
        let number = now.div_euclid(HOUR);
        if hours[0].number == number {
            return;
        }
        let new = Hour { number, key: self.rng.bytes(), counts: HashMap::new() };
        let old = std::mem::replace(&mut hours[0], new);
        hours[1] = if old.number == number - 1 { old } else { Hour::default() };
    }
}

/// What is hashed of a source.
fn octets(source: IpAddr) -> [u8; 16] {
    match source {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}

#[cfg(test)]
mod tests {
    use domain::time::MINUTE;

    use super::*;

    fn counts() -> AddressCounts {
        AddressCounts::new(Arc::new(Rng::seeded(1)))
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_household_is_few_and_whoever_goes_on_is_not() {
        let counts = counts();
        let classes: Vec<SourceClass> = (0..100).map(|nth| counts.count(Some(ip("192.0.2.7")), nth)).collect();
        assert_eq!(classes[..3], [SourceClass::Few; 3]);
        assert_eq!((classes[3], classes[59], classes[60]), (SourceClass::Many, SourceClass::Many, SourceClass::Flood));
        assert_eq!(counts.count(Some(ip("192.0.2.8")), 100), SourceClass::Few, "another is another");
        assert_eq!(counts.count(None, 100), SourceClass::Unknown);
    }

    #[test]
    fn an_hour_is_forgotten_bit_by_bit() {
        let counts = counts();
        for _ in 0..40 {
            _ = counts.count(Some(ip("192.0.2.7")), HOUR - 1);
        }
        assert_eq!(
            counts.count(Some(ip("192.0.2.7")), HOUR + 6 * MINUTE),
            SourceClass::Many,
            "a new key, and not forgotten"
        );
        assert_eq!(counts.count(Some(ip("192.0.2.7")), 3 * HOUR), SourceClass::Few);
    }
}
