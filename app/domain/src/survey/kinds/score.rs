//! A score and how sure it is; the share of the top two, which several kinds have.

use crate::interval::{Interval, wilson};

/// A score and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// NPS from -100 to 100, or the share of the top two in percent
    pub value: i32,
    /// its 95 % interval, on the same scale
    pub interval: Interval,
}

/// The share of the best two values in percent, with its Wilson interval in percent.
pub(super) fn top_two(counts: &[u64]) -> Option<Score> {
    let (top, n) = (counts.iter().rev().take(2).sum(), counts.iter().sum());
    let Interval { low, high } = wilson(top, n)?;
    #[expect(clippy::cast_possible_truncation, reason = "a rounded percentage")]
    let value = (100.0 * top as f64 / n as f64).round() as i32;
    Some(Score { value, interval: Interval { low: 100.0 * low, high: 100.0 * high } })
}
