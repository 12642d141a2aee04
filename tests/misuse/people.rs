//! How people answer: what they say in which mood, and how long they take.
//!
//! Times are lognormal, as times of reading and deciding are; opinions come from one latent satisfaction, of which
//! face and recommendation are two noisy readings, so that they hang together as a person's answers do.

use rand::{Rng as _, rngs::StdRng};

use crate::visit::Given;

/// How an audience feels: the mean of its satisfaction, in standard deviations of people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Satisfaction(pub(crate) f64);

impl Satisfaction {
    /// NPS about +66.
    pub(crate) const GOOD: Self = Self(1.05);
    /// NPS about -40.
    pub(crate) const BAD: Self = Self(-0.72);
    /// Delighted: nearly everybody gives the best of both.
    pub(crate) const DELIGHTED: Self = Self(2.2);
    /// Disappointed friends.
    pub(crate) const DISAPPOINTED: Self = Self(-2.2);
}

/// Satisfaction from which a face is the second, the third, ... best.
const FACES: [f64; 4] = [-1.9, -1.1, -0.2, 0.85];
/// Satisfaction from which a recommendation is 1, 2, ... 10.
const RECOMMENDATIONS: [f64; 10] = [-2.6, -2.3, -2.0, -1.7, -1.45, -1.0, -0.7, 0.0, 0.55, 1.0];
/// How far face and recommendation of one person differ in the mean.
const NOISE: f64 = 0.35;

/// What somebody in this mood says.
pub(crate) fn opinion(mood: Satisfaction, random: &mut StdRng) -> Given {
    let satisfaction = mood.0 + normal(random);
    let mut read = |steps: &[f64]| -> u8 {
        let felt = satisfaction + NOISE * normal(random);
        u8::try_from(steps.iter().filter(|step| felt >= **step).count()).unwrap_or(u8::MAX)
    };
    let (face, nps) = (read(&FACES) + 1, read(&RECOMMENDATIONS));
    let reason = (face <= 3).then(|| random.random_range(0..6));
    Given { face, nps, reason, comment: random.random_bool(0.12) }
}

/// How long people of a kind take at a tablet, from the first tap to the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Haste {
    /// the median of two answers, milliseconds
    pub(crate) median_ms: f64,
    /// how much people differ: the standard deviation of the logarithm
    pub(crate) spread: f64,
}

impl Haste {
    /// Visitors at a tablet.
    pub(crate) const ADULT: Self = Self { median_ms: 7_000.0, spread: 0.45 };
    /// Children in a queue.
    pub(crate) const CHILD: Self = Self { median_ms: 5_000.0, spread: 0.45 };
    /// Somebody who reads the questions to somebody else.
    pub(crate) const HELPED: Self = Self { median_ms: 22_000.0, spread: 0.4 };
    /// A phone's form, from its coming to its sending.
    pub(crate) const PHONE: Self = Self { median_ms: 24_000.0, spread: 0.5 };

    /// One person's time. Nobody reads and taps twice within 1.2 seconds.
    pub(crate) fn duration(self, given: Given, random: &mut StdRng) -> i64 {
        let mut ms = lognormal(self.median_ms, self.spread, random);
        if given.reason.is_some() {
            ms += lognormal(self.median_ms / 2.0, self.spread, random);
        }
        if given.comment {
            ms += lognormal(25_000.0, 0.6, random);
        }
        whole(ms).max(1_200)
    }
}

/// A sample of the normal distribution (Box and Muller 1958).
pub(crate) fn normal(random: &mut StdRng) -> f64 {
    let radius = (-2.0 * (1.0 - random.random::<f64>()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.random::<f64>()).cos()
}

/// A lognormal sample with this median.
pub(crate) fn lognormal(median: f64, spread: f64, random: &mut StdRng) -> f64 {
    median * (spread * normal(random)).exp()
}

/// An exponential sample with this mean.
pub(crate) fn exponential(mean: f64, random: &mut StdRng) -> f64 {
    -mean * (1.0 - random.random::<f64>()).ln()
}

/// Whole milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "hours at most")]
pub(crate) fn whole(ms: f64) -> i64 {
    ms as i64
}
