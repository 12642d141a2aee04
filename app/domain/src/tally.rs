//! How many. Tallies are sums that never need the responses again: one for all, and one for each
//! value of **one** dimension at a time, never crossed, so that they stay small.

use std::collections::BTreeMap;

use super::{
    flag::{Flag, Standing},
    id::{QuestionId, SurveyVersionId},
    lang::LanguageTag,
    response::{Answer, Channel, Given, Response, Segment},
    survey::kinds::CountedValue,
    time::Slot,
};

/// What a number counts. Subject and day, or venue and month, stand beside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// what was asked
    pub survey_version: SurveyVersionId,
    /// what is counted
    pub counted: Counted,
    /// part of the score or beside it
    pub standing: Standing,
    /// over everybody, or one value of one dimension
    pub dimension: Dimension,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// responses
    Response,
    /// responses with a doubt of this kind
    Flag(Flag),
    /// responses that answered a question
    Answered(QuestionId),
    /// responses that saw a question and passed over it
    Skipped(QuestionId),
    /// responses that gave a face or a number, or picked an option
    Value(QuestionId, CountedValue),
}

/// Over everybody, or one value of one dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// everybody
    All,
    /// how it came
    Channel(Channel),
    /// who answers
    Segment(Segment),
    /// in which language
    Language(LanguageTag),
    /// in which ten minutes
    Slot(Slot),
}

impl Dimension {
    /// Whether it is one of the slots, which sums over months leave out.
    #[must_use]
    pub const fn is_slot(self) -> bool {
        matches!(self, Self::Slot(_))
    }
}

/// Sums by cell. A cell that is not there is 0, and no cell that is there is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Cell, i64>);

impl Tally {
    /// Adds a response (`times` = 1) or takes it out again (`times` = -1).
    pub fn count(&mut self, response: &Response, flags: &[Flag], slot: Slot, times: i64) {
        let dimensions = [
            Some(Dimension::All),
            Some(Dimension::Channel(response.channel)),
            response.segment.map(Dimension::Segment),
            Some(Dimension::Language(response.lang)),
            Some(Dimension::Slot(slot)),
        ];
        for dimension in dimensions.into_iter().flatten() {
            let mut add = |counted| {
                let survey_version = response.survey_version;
                self.add(Cell { survey_version, counted, standing: Standing::from_flags(flags), dimension }, times);
            };
            add(Counted::Response);
            for flag in flags {
                add(Counted::Flag(*flag));
            }
            for answer in &response.answers {
                count_answer(answer, &mut add);
            }
        }
    }

    /// Adds `times` to one cell.
    pub fn add(&mut self, cell: Cell, times: i64) {
        let sum = self.0.entry(cell);
        match sum {
            std::collections::btree_map::Entry::Vacant(new) if times != 0 => {
                new.insert(times);
            }
            std::collections::btree_map::Entry::Vacant(_) => {}
            std::collections::btree_map::Entry::Occupied(mut there) => {
                *there.get_mut() += times;
                if *there.get() == 0 {
                    there.remove();
                }
            }
        }
    }

    /// Adds another tally. Associative and commutative, so that parts may arrive in any order.
    pub fn merge(&mut self, other: &Self) {
        for (cell, times) in &other.0 {
            self.add(cell.clone(), *times);
        }
    }

    /// What one cell holds.
    #[must_use]
    pub fn get(&self, cell: &Cell) -> i64 {
        self.0.get(cell).copied().unwrap_or(0)
    }

    /// The cells that are not 0, in key order: writing them in one order is what keeps two writers
    /// from waiting for each other for ever.
    pub fn iter(&self) -> impl Iterator<Item = (&Cell, i64)> {
        self.0.iter().map(|(cell, sum)| (cell, *sum))
    }

    /// The same without the ten-minute slots, for sums over months.
    #[must_use]
    pub fn without_slots(&self) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(cell, _)| !cell.dimension.is_slot())
                .map(|(cell, sum)| (cell.clone(), *sum))
                .collect(),
        )
    }

    /// Whether every cell is 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Cell, i64)> for Tally {
    fn from_iter<I: IntoIterator<Item = (Cell, i64)>>(cells: I) -> Self {
        let mut tally = Self::default();
        cells.into_iter().for_each(|(cell, times)| tally.add(cell, times));
        tally
    }
}

fn count_answer(answer: &Answer, add: &mut impl FnMut(Counted)) {
    let question = answer.question;
    if answer.given == Given::Skipped {
        return add(Counted::Skipped(question));
    }
    add(Counted::Answered(question));
    answer.given.count(|value| add(Counted::Value(question, value)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixtures::{Counted as Visitor, audience};

    fn tally(audience: &[Visitor]) -> Tally {
        let mut tally = Tally::default();
        for (response, flags, slot) in audience {
            tally.count(response, flags, *slot, 1);
        }
        tally
    }

    fn merged(parts: &[&Tally]) -> Tally {
        let mut sum = Tally::default();
        for part in parts {
            sum.merge(part);
        }
        sum
    }

    proptest! {
        #[test]
        fn merging_is_associative_and_commutative(a in audience(20), b in audience(20), c in audience(20)) {
            let (a, b, c) = (tally(&a), tally(&b), tally(&c));
            prop_assert_eq!(merged(&[&a, &b]), merged(&[&b, &a]));
            prop_assert_eq!(merged(&[&merged(&[&a, &b]), &c]), merged(&[&a, &merged(&[&b, &c])]));
            prop_assert_eq!(merged(&[&a, &Tally::default()]), a);
        }

        #[test]
        fn any_grouping_counts_the_same(audience in audience(40), cut in 0_usize..40) {
            let (one, two) = audience.split_at(cut.min(audience.len()));
            prop_assert_eq!(merged(&[&tally(one), &tally(two)]), tally(&audience));
        }

        #[test]
        fn what_is_taken_out_leaves_no_trace(audience in audience(20)) {
            let mut tally = tally(&audience);
            for (response, flags, slot) in &audience {
                tally.count(response, flags, *slot, -1);
            }
            prop_assert!(tally.is_empty());
        }

        #[test]
        fn each_dimension_adds_up_to_the_whole(audience in audience(40)) {
            let tally = tally(&audience);
            let sum = |pick: fn(&Dimension) -> bool| -> i64 {
                tally.iter().filter(|(cell, _)| cell.counted == Counted::Response && pick(&cell.dimension)).map(|(_, n)| n).sum()
            };
            let all = i64::try_from(audience.len()).unwrap();
            prop_assert_eq!(sum(|dimension| *dimension == Dimension::All), all);
            prop_assert_eq!(sum(|dimension| matches!(dimension, Dimension::Channel(_))), all);
            prop_assert_eq!(sum(|dimension| matches!(dimension, Dimension::Language(_))), all);
            prop_assert_eq!(sum(|dimension| dimension.is_slot()), all);
        }
    }
}
