//! 0 to 10: how likely to recommend. The formulas are in [`crate::nps`].

use std::ops::RangeInclusive;

use serde::Serialize;

use super::{InvalidDefinition, Score};
use crate::{lang::Text, nps::Nps};

/// How likely to recommend, from 0 to 10.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NpsQuestion {
    /// the words at the low and the high end
    pub labels: Vec<Text>,
}

impl NpsQuestion {
    pub(super) const NUMBERS: RangeInclusive<u8> = 0..=Nps::MAX;

    pub(super) fn check(&self) -> Result<(), InvalidDefinition> {
        if self.labels.len() == 2 { Ok(()) } else { Err(InvalidDefinition::Ends) }
    }
}

/// The NPS, of how many gave each number from 0 on.
pub(super) fn score(counts: &[u64]) -> Option<Score> {
    let mut nps = Nps::default();
    for (value, times) in NpsQuestion::NUMBERS.zip(counts) {
        nps.add(value, *times);
    }
    Some(Score { value: nps.score()?, interval: nps.interval()? })
}
