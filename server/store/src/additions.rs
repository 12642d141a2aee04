//! What a group of responses asks of the database, and what it adds: without a database.
//!
//! Everything that is asked is asked at once, and everything that is added is added at once, because
//! what one answer costs is not the rows but the ways to the database and back.

use std::collections::HashSet;

use uuid::Uuid;

use super::{
    doubt::PlaceDay,
    responses::NewResponse,
    rows::{CommentRow, FlagRow, JudgementRow, SeqBlockRow},
    tally_deltas::{Rows, Table, TallyDeltas},
};

/// Rows to be added to the tables. An empty list asks nothing of the database.
#[derive(Debug, Default)]
pub(super) struct Additions<'a> {
    /// responses whose ids are neither there nor dead
    pub(super) responses: Vec<&'a NewResponse>,
    /// their comments
    pub(super) comments: Vec<CommentRow>,
    /// their flags; one that is there already stays as it is
    pub(super) flags: Vec<FlagRow>,
    /// to be added up by subject and day
    pub(super) days: Vec<Rows>,
    /// to be added up by venue or production and month
    pub(super) months: Vec<Rows>,
    /// to be remembered, so that a gap is visible
    pub(super) numbers: Vec<SeqBlockRow>,
    /// to be judged
    pub(super) judgements: Vec<JudgementRow>,
}

impl<'a> Additions<'a> {
    /// New responses, with all that is said about each.
    pub(super) fn of(responses: Vec<&'a NewResponse>) -> Self {
        let comments = responses.iter().flat_map(|item| CommentRow::of(item)).collect();
        let flags = responses.iter().flat_map(|item| FlagRow::of(item)).collect();
        Self { responses, comments, flags, ..Self::default() }
    }

    /// What is said about a response whose row is there.
    pub(super) fn about(response: &'a NewResponse) -> Self {
        Self { comments: CommentRow::of(response).collect(), flags: FlagRow::of(response).collect(), ..Self::default() }
    }

    /// With tallies.
    pub(super) fn with_tallies(mut self, deltas: &TallyDeltas) -> Self {
        self.days = deltas.rows(Table::Days);
        self.months = deltas.rows(Table::Months);
        self
    }

    /// With places and days where something changed.
    pub(super) fn with_places_to_judge(mut self, places: impl IntoIterator<Item = PlaceDay>) -> Self {
        self.judgements = JudgementRow::of(places);
        self
    }

    /// With the numbers that a group brought.
    pub(super) fn with_numbers(mut self, group: &[NewResponse]) -> Self {
        self.numbers = SeqBlockRow::of(group);
        self
    }

    /// Whether there is nothing to add.
    pub(super) fn is_empty(&self) -> bool {
        let Self { responses, comments, flags, days, months, numbers, judgements } = self;
        responses.is_empty()
            && comments.is_empty()
            && flags.is_empty()
            && days.is_empty()
            && months.is_empty()
            && numbers.is_empty()
            && judgements.is_empty()
    }
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
