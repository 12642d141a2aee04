//! How long to wait before trying again.

use domain::time::{MINUTE, Millis, SECOND};

/// Twice as long each time, from a second to five minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    const FIRST: Millis = SECOND;
    /// The longest wait, whatever a server asks for.
    pub const LONGEST: Millis = 5 * MINUTE;

    /// After a success, a tap, `online`, or becoming visible.
    pub const fn reset(&mut self) {
        self.failures = 0;
    }

    /// Counts a failure and says how long to wait. `jitter` (0..1) spreads the tablets of a venue
    /// over the second half of the wait, so that they do not all come back at once.
    #[expect(clippy::cast_possible_truncation, reason = "a rounded percentage or five minutes fit")]
    pub fn fail(&mut self, jitter: f64) -> Millis {
        let full = Self::FIRST.saturating_mul(1 << self.failures.min(20)).min(Self::LONGEST);
        self.failures = self.failures.saturating_add(1);
        let half = full / 2;
        half + (half as f64 * jitter.clamp(0.0, 1.0)) as Millis
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn waiting_stays_between_half_a_second_and_five_minutes(jitters in proptest::collection::vec(0.0_f64..1.0, 1..60)) {
            let mut backoff = Backoff::default();
            for jitter in jitters {
                proptest::prop_assert!((500..=5 * MINUTE).contains(&backoff.fail(jitter)));
            }
            backoff.reset();
            proptest::prop_assert!(backoff.fail(0.0) == 500);
        }
    }
}
