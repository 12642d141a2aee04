//! An agreement scale: five steps, with words at each.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::InvalidDefinition;
use crate::lang::Text;

/// How far somebody agrees with a statement, from 1 (strongly disagree) to 5 (strongly agree).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScaleQuestion {
    /// the words of the five steps, from the one that disagrees most
    pub labels: Vec<Text>,
}

impl ScaleQuestion {
    pub(super) const NUMBERS: RangeInclusive<u8> = 1..=5;

    pub(super) fn check(&self) -> Result<(), InvalidDefinition> {
        if self.labels.len() == Self::NUMBERS.count() { Ok(()) } else { Err(InvalidDefinition::Steps) }
    }
}
