//! What a group of responses asks of the database, and what it adds: without a database.
//!
//! Everything that is asked is asked at once, and everything that is added is added at once, because
//! what one answer costs is not the rows but the ways to the database and back.

use std::collections::{BTreeMap, HashSet};

use domain::{flag::Flag, time::Millis};
use uuid::Uuid;

use super::{
    answers,
    responses::NewResponse,
    tally_deltas::{Rows, Table, TallyDeltas},
};

/// What must be known of a group before it is written.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// which of its ids are there, or dead
    pub(super) taken: HashSet<Uuid>,
    /// for each cluster, when its stored neighbours were given: the `2 * most` latest up to the end of
    /// the cluster, the `most` earliest after it
    pub(super) neighbours: Vec<Vec<Millis>>,
}

/// A comment: the response, the question, the text, and whether it may be quoted.
pub(super) type Comment<'a> = (Uuid, Uuid, &'a str, bool);

/// A flag: the response, what it is doubted for, and since when.
pub(super) type Doubt = (Uuid, Flag, Millis);

/// Numbers that a pairing gave: the pairing, the block of 32, and which of it as bits.
pub(super) type SeqBlock = (Uuid, i64, i64);

/// Rows to be added to the tables. An empty list asks nothing of the database.
#[derive(Debug, Default)]
pub(super) struct Additions<'a> {
    /// responses whose ids are neither there nor dead
    pub(super) responses: Vec<&'a NewResponse>,
    /// their comments
    pub(super) comments: Vec<Comment<'a>>,
    /// their flags; one that is there already stays as it is
    pub(super) flags: Vec<Doubt>,
    /// to be added up by subject and day
    pub(super) days: Vec<Rows>,
    /// to be added up by venue or production and month
    pub(super) months: Vec<Rows>,
    /// to be remembered, so that a gap is visible
    pub(super) numbers: Vec<SeqBlock>,
}

impl<'a> Additions<'a> {
    /// New responses, with all that is said about each.
    pub(super) fn of(responses: Vec<&'a NewResponse>) -> Self {
        let (comments, flags) = (comments(&responses), flags(&responses));
        Self { responses, comments, flags, ..Self::default() }
    }

    /// What is said about a response whose row is there.
    pub(super) fn about(response: &'a NewResponse) -> Self {
        Self { comments: comments(&[response]), flags: flags(&[response]), ..Self::default() }
    }

    /// With tallies.
    pub(super) fn with_tallies(mut self, deltas: &TallyDeltas) -> Self {
        self.days = deltas.rows(Table::Days);
        self.months = deltas.rows(Table::Months);
        self
    }

    /// With the numbers that a group brought.
    pub(super) fn with_numbers(mut self, group: &[NewResponse]) -> Self {
        self.numbers = numbers(group);
        self
    }

    /// Whether there is nothing to add.
    pub(super) fn is_empty(&self) -> bool {
        let Self { responses, comments, flags, days, months, numbers } = self;
        responses.is_empty()
            && comments.is_empty()
            && flags.is_empty()
            && days.is_empty()
            && months.is_empty()
            && numbers.is_empty()
    }
}

fn comments<'a>(items: &[&'a NewResponse]) -> Vec<Comment<'a>> {
    let of = |item: &&'a NewResponse| {
        let (id, may_quote) = (item.response.id.0, item.response.may_quote);
        answers::comments(&item.response.answers).map(move |(question, text)| (id, question, text, may_quote))
    };
    items.iter().flat_map(of).collect()
}

fn flags(items: &[&NewResponse]) -> Vec<Doubt> {
    let of = |item: &&NewResponse| {
        let (id, at) = (item.response.id.0, item.place.received_at);
        item.distinct_flags().into_iter().map(move |flag| (id, flag, at))
    };
    items.iter().flat_map(of).collect()
}

fn numbers(group: &[NewResponse]) -> Vec<SeqBlock> {
    let mut blocks: BTreeMap<(Uuid, i64), i64> = BTreeMap::new();
    for item in group {
        let (Some(pairing), Some(seq)) = (item.response.pairing, item.response.seq) else { continue };
        // Counting begins with 1; 0 is no number.
        let Some(place) = seq.checked_sub(1) else { continue };
        let Ok(block) = i64::try_from(place / 32) else { continue };
        *blocks.entry((pairing.0, block)).or_default() |= 1 << (place % 32);
    }
    blocks.into_iter().map(|((pairing, block), bits)| (pairing, block, bits)).collect()
}

/// A group in what can be added as it is, and what has been there before: each id's first place in
/// the group where the id is not taken, in the order of ids; and the rest in rounds that hold no id
/// twice, because an id that comes again meets what the round before has written, and is judged like
/// one that comes again tomorrow.
pub(super) fn split(group: &[NewResponse], taken: &HashSet<Uuid>) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut order: Vec<usize> = (0..group.len()).collect();
    // Stable: of two with one id, the first of the group stays the first.
    order.sort_by_key(|place| group[*place].response.id);
    let (mut new, mut rounds): (Vec<usize>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    let mut round = 0;
    for (nth, place) in order.iter().enumerate() {
        let id = group[*place].response.id;
        let is_first = nth == 0 || group[order[nth - 1]].response.id != id;
        if is_first && !taken.contains(&id.0) {
            new.push(*place);
            round = 0;
            continue;
        }
        round = if is_first { 0 } else { round };
        if rounds.len() == round {
            rounds.push(Vec::new());
        }
        rounds[round].push(*place);
        round += 1;
    }
    (new, rounds)
}
