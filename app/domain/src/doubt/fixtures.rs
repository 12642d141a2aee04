//! Responses for the tests of doubt.

use uuid::Uuid;

use super::{
    observed::{Observed, Screen},
    source::SourceClass,
};
use crate::{fixtures::question, id::ResponseId, survey::kinds::CountedValue, time::Millis};

/// A response at a tablet whose first questions were answered with these numbers, without haste.
pub(super) fn observed(number: u64, at: Millis, given: &[u8]) -> Observed {
    Observed {
        id: ResponseId(Uuid::from_u64_pair(0, number)),
        at: Some(at),
        screen: Screen::Shared,
        // No two people take the same time.
        duration_ms: Some(4_000 + 1_700 * (at / 1_000 % 7)),
        answered: u32::try_from(given.len()).unwrap(),
        skipped: 0,
        chosen: (0..).map(question).zip(given.iter().map(|value| CountedValue::Number(*value))).collect(),
        source: SourceClass::Unknown,
    }
}
