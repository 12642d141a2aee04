//! Decides about any number of responses, a batch at a time, and says what is there to decide about.

use std::collections::BTreeMap;

use domain::{
    flag::Flag,
    privacy::FEWEST,
    time::{MINUTE, Millis, Slot},
};
use store::{
    StaffStore, StoreError,
    decisions::{Decision, Doubted, Which},
    doubt::BATCH,
};

/// Decides, in transactions that let answers through between them, and says about how many.
///
/// # Errors
/// Where the store cannot do it now. What was decided until then stays decided; who decides again goes on.
pub async fn decide(store: &dyn StaffStore, which: &Which, decision: &Decision) -> Result<usize, StoreError> {
    let mut decided = 0;
    for ids in store.concerned(which, decision.verdict).await?.chunks(BATCH) {
        decided += store.decide(ids, decision).await?;
    }
    Ok(decided)
}

/// Responses that stand alike and were given in the same ten minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtedGroup {
    /// the doubts that stand; none: staff have put them back
    pub flags: Vec<Flag>,
    /// how many
    pub responses: usize,
    /// all of them were given from this instant on, milliseconds UTC: to the minute, where they are so many that a
    /// minute says nothing about a person, else to ten
    pub from: Millis,
    /// and before this one
    pub until: Millis,
}

/// The groups among doubted responses, by time.
#[must_use]
pub fn groups(doubted: &[Doubted]) -> Vec<DoubtedGroup> {
    let mut alike: BTreeMap<(Slot, &[Flag]), Vec<Millis>> = BTreeMap::new();
    for one in doubted {
        alike.entry((Slot::of(one.at), &one.flags)).or_default().push(one.at);
    }
    let group = |((slot, flags), times): ((Slot, &[Flag]), Vec<Millis>)| {
        let (first, last) =
            times.iter().fold((Millis::MAX, Millis::MIN), |(first, last), at| (first.min(*at), last.max(*at)));
        let minute = |at: Millis| at - at.rem_euclid(MINUTE);
        let (from, until) = if times.len() as u64 >= FEWEST {
            (minute(first), minute(last) + MINUTE)
        } else {
            (slot.start(), slot.start() + Slot::LENGTH)
        };
        DoubtedGroup { flags: flags.to_vec(), responses: times.len(), from, until }
    };
    alike.into_iter().map(group).collect()
}
