//! How sure a share can be.

use serde::{Deserialize, Serialize};

/// The two-sided 95 % point of the normal distribution, rounded as the sources print it.
pub const Z_95: f64 = 1.96;

/// A closed interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Interval {
    /// lower end
    pub low: f64,
    /// upper end
    pub high: f64,
}

impl From<[f64; 2]> for Interval {
    fn from([low, high]: [f64; 2]) -> Self {
        Self { low, high }
    }
}

impl From<Interval> for [f64; 2] {
    fn from(interval: Interval) -> Self {
        [interval.low, interval.high]
    }
}

impl Interval {
    /// Rounded to one decimal: more would pretend to a knowledge nobody has.
    #[must_use]
    pub fn to_tenths(self) -> Self {
        let tenths = |x: f64| (x * 10.0).round() / 10.0;
        Self { low: tenths(self.low), high: tenths(self.high) }
    }
}

/// The Wilson score interval (95 %) of a share of `hits` among `n`, both ends in 0..=1.
/// `None` where nobody answered. Source: Wilson 1927; Agresti & Coull 1998, formula (2).
#[must_use]
pub fn wilson(hits: u64, n: u64) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (n, hits) = (n as f64, hits.min(n) as f64);
    let share = hits / n;
    let z2 = Z_95 * Z_95;
    let centre = share + z2 / (2.0 * n);
    let spread = Z_95 * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    Some(Interval { low: ((centre - spread) / scale).max(0.0), high: ((centre + spread) / scale).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_no_share() {
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn agrees_with_published_values() {
        // Newcombe 1998, table I: 81/263 → 0.2553..0.3662; 15/148 → 0.0624..0.1605; 0/20 → 0..0.1611.
        for (hits, n, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)] {
            let interval = wilson(hits, n).unwrap();
            assert!((interval.low - low).abs() < 1e-4, "{interval:?}");
            assert!((interval.high - high).abs() < 1e-4, "{interval:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn holds_the_share_and_stays_inside(n in 1_u64..10_000, hits in 0_u64..10_000) {
            let hits = hits % (n + 1);
            let Interval { low, high } = wilson(hits, n).unwrap();
            let share = hits as f64 / n as f64;
            proptest::prop_assert!(0.0 <= low && low <= share + 1e-12 && share <= high + 1e-12 && high <= 1.0);
        }
    }
}
