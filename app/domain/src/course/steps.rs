//! The steps in which a pool of answers is shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    id::{EventId, ResponseId},
    privacy::FEWEST,
};

/// The fewest answers of a course about which anything is said.
pub const FEWEST_POOLED: u64 = 15;

/// One answer as it was given at last: whoever changes it gives another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// which response
    pub response: ResponseId,
    /// 1 as it first came
    pub revision: i32,
}

/// An answer that counts, and where it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// which
    pub answer: Version,
    /// at which meeting
    pub meeting: EventId,
}

/// The sets of answers that were shown, one after the other. The first is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    last: u32,
    spans: Vec<Span>,
}

/// From which step on an answer was shown, and up to which it no more was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Span {
    answer: Version,
    from: u32,
    until: Option<u32>,
}

impl Span {
    fn holds(&self, step: u32) -> bool {
        self.from <= step && self.until.is_none_or(|until| step < until)
    }
}

impl Steps {
    /// The answers that are shown.
    #[must_use]
    pub fn shown(&self) -> BTreeSet<Version> {
        self.shown_at(self.last)
    }

    /// How many steps there were.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.last
    }

    fn shown_at(&self, step: u32) -> BTreeSet<Version> {
        self.spans.iter().filter(|span| span.holds(step)).map(|span| span.answer).collect()
    }

    /// The next step, given the answers that count now in the order in which they arrived; `None` where what is shown
    /// stays.
    #[must_use]
    pub fn next(&self, arrived: &[Arrived]) -> Option<Self> {
        let (before, after) = (self.shown(), self.target(arrived)?);
        if before == after {
            return None;
        }
        let step = self.last + 1;
        let mut next = Self { last: step, spans: self.spans.clone() };
        for span in next.spans.iter_mut().filter(|span| span.until.is_none() && !after.contains(&span.answer)) {
            span.until = Some(step);
        }
        let new = after.difference(&before).map(|answer| Span { answer: *answer, from: step, until: None });
        next.spans.extend(new);
        Some(next)
    }

    /// What would best be shown: as many of the first as make steps of five, and differ enough from all that was shown.
    fn target(&self, arrived: &[Arrived]) -> Option<BTreeSet<Version>> {
        let shown = self.shown().len();
        let (five, fewest) = (step_size(FEWEST), step_size(FEWEST_POOLED));
        // What has been shown of so many goes on, unless there are not so many any more.
        let least = if arrived.len() < shown { fewest } else { fewest.max(shown) };
        let mut may_speak = false;
        let mut n = arrived.len() - arrived.len() % five;
        while n >= least {
            let first = &arrived[..n];
            if has_full_meeting(first) {
                may_speak = true;
                let set = first.iter().map(|one| one.answer).collect();
                if self.tells_nothing_of_few(&set) {
                    return Some(set);
                }
            }
            n -= five;
        }
        (!may_speak).then(BTreeSet::new)
    }

    /// Whether no earlier step differs from a set by fewer than five. Steps of another size do anyway.
    fn tells_nothing_of_few(&self, set: &BTreeSet<Version>) -> bool {
        (0..=self.last).all(|step| {
            let size = self.spans.iter().filter(|span| span.holds(step)).count();
            size != set.len() || {
                let difference = self.shown_at(step).symmetric_difference(set).count() as u64;
                difference == 0 || difference >= FEWEST
            }
        })
    }
}

fn step_size(answers: u64) -> usize {
    usize::try_from(answers).unwrap_or(usize::MAX)
}

fn has_full_meeting(arrived: &[Arrived]) -> bool {
    let mut meetings: BTreeMap<EventId, u64> = BTreeMap::new();
    arrived.iter().any(|one| {
        let n = meetings.entry(one.meeting).or_default();
        *n += 1;
        *n >= FEWEST
    })
}
