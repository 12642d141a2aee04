//! The Net Promoter Score, with the interval that says how far to trust it.

use serde::{Deserialize, Serialize};

use super::interval::{Interval, Z_95};

/// Answers to a 0-10 recommendation question, by group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nps {
    /// answered 9 or 10
    pub promoters: u64,
    /// answered 7 or 8
    pub passives: u64,
    /// answered 0 to 6
    pub detractors: u64,
}

impl Nps {
    /// The highest value of the scale; the lowest is 0.
    pub const MAX: u8 = 10;

    /// Counts `times` visitors who gave `value` (0..=10; anything else is no recommendation and is left out).
    pub const fn add(&mut self, value: u8, times: u64) {
        match value {
            0..=6 => self.detractors += times,
            7..=8 => self.passives += times,
            9..=Self::MAX => self.promoters += times,
            _ => {}
        }
    }

    /// How many answered.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// round(100 (P - D) / n), from -100 to 100, an integer without a percent sign.
    /// `None` where nobody answered. Source: Reichheld 2003.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a rounded percentage or five minutes fit")]
    pub fn score(&self) -> Option<i32> {
        let n = self.n();
        (n > 0).then(|| (100.0 * (self.promoters as f64 - self.detractors as f64) / n as f64).round() as i32)
    }

    /// The 95 % adjusted Wald interval of the score, cut to ±100: three answers, a quarter of them
    /// each promoters and detractors, are added before the usual formula.
    /// Source: Rocks 2016; Lewis & Sauro 2021. `None` where nobody answered.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        if self.n() == 0 {
            return None;
        }
        let n = self.n() as f64 + 3.0;
        let promoters = (self.promoters as f64 + 0.75) / n;
        let detractors = (self.detractors as f64 + 0.75) / n;
        let mean = promoters - detractors;
        let error = ((promoters + detractors - mean * mean) / n).sqrt();
        let end = |side: f64| (100.0 * (mean + side * Z_95 * error)).clamp(-100.0, 100.0);
        Some(Interval { low: end(-1.0), high: end(1.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nps(promoters: u64, passives: u64, detractors: u64) -> Nps {
        Nps { promoters, passives, detractors }
    }

    #[test]
    fn check_values_of_the_design() {
        for (nps, score, low, high) in
            [(nps(12, 5, 3), 45, 8.4, 69.8), (nps(5, 0, 0), 100, 17.5, 100.0), (nps(60, 28, 12), 48, 33.0, 60.2)]
        {
            assert_eq!(nps.score(), Some(score));
            assert_eq!(nps.interval().unwrap().to_tenths(), Interval { low, high });
        }
    }

    #[test]
    fn nobody_has_no_score() {
        assert_eq!(Nps::default().score(), None);
        assert_eq!(Nps::default().interval(), None);
    }

    #[test]
    fn groups_follow_the_scale() {
        let mut nps = Nps::default();
        for value in 0..=11 {
            nps.add(value, 1);
        }
        assert_eq!(nps, self::nps(2, 2, 7), "eleven is no answer");
    }

    proptest::proptest! {
        #[test]
        fn stays_on_the_scale_and_around_its_adjusted_mean(p in 0_u64..5_000, q in 0_u64..5_000, d in 0_u64..5_000) {
            proptest::prop_assume!(p + q + d > 0);
            let nps = nps(p, q, d);
            let score = nps.score().unwrap();
            let Interval { low, high } = nps.interval().unwrap();
            proptest::prop_assert!((-100..=100).contains(&score));
            proptest::prop_assert!(-100.0 <= low && low <= high && high <= 100.0);
            let mirrored = self::nps(d, q, p).interval().unwrap();
            proptest::prop_assert!((mirrored.low + high).abs() < 1e-9 && (mirrored.high + low).abs() < 1e-9);
        }
    }
}
