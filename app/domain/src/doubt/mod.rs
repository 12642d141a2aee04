//! Doubt that is measured: which responses carry signs that nobody in the audience gave them.
//!
//! One weak sign says nothing: people are quick, people agree with each other, a whole hall takes out
//! its phones at once. A response is set aside where two different signs meet in it, and never because
//! of what its neighbours carry. A file holds one sign:
//! - [`haste`]: answered faster than anybody reads;
//! - `runs`: part of a sequence of equal answers that is improbable among people;
//! - `chance`: part of a sequence of answers that have nothing to do with each other;
//! - `regularity`: part of a sequence that keeps time as a machine does;
//! - [`pace`]: part of more answers than a place brings forth;
//! - [`reference`](mod@reference) is what answers are expected to be, [`source`] how much came from one address.
//!
//! Everything here depends on what is stored and on nothing else: not on the order of arrival, nor on
//! the server that took a response. What is wrong with a single response by itself
//! ([`own_flags`](crate::response::own_flags)) does not belong here, and neither does what staff decided.

mod chance;
#[cfg(test)]
mod fixtures;
pub mod haste;
pub mod pace;
pub mod reference;
mod regularity;
mod runs;
pub mod source;

use std::collections::BTreeMap;

pub use self::{pace::PaceLimits, reference::Reference, source::SourceClass};
use crate::{
    flag::Flag,
    id::{QuestionId, ResponseId},
    response::{Channel, Given, Response},
    survey::kinds::CountedValue,
    time::Millis,
};

/// What a response shows of how it came about. No comment, no language, nobody's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// which response
    pub id: ResponseId,
    /// when it was given, milliseconds UTC; `None` where no clock tells
    pub at: Option<Millis>,
    /// at what: one screen for many people, or everybody's own
    pub screen: Screen,
    /// from the first tap to the last, on a phone from the making of the form to its sending
    pub duration_ms: Option<Millis>,
    /// questions that were answered
    pub answered: u32,
    /// questions that were passed over
    pub skipped: u32,
    /// what was chosen; a question without a choice is not in it
    pub chosen: BTreeMap<QuestionId, Vec<CountedValue>>,
    /// how much had come from the same address
    pub source: SourceClass,
}

/// What is answered at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// a tablet: people stand one behind the other
    Shared,
    /// phones behind one code: any number of people at once
    Own,
}

impl Observed {
    /// What is looked at of a stored response; `None` where its channel or its mode is beyond suspicion: staff who
    /// show a kiosk, or type in what they wrote down elsewhere, may be as quick and as regular as they like.
    #[must_use]
    pub fn new(response: &Response, at: Option<Millis>, source: SourceClass) -> Option<Self> {
        let screen = match response.channel {
            _ if response.demo => return None,
            Channel::Paper | Channel::Counted | Channel::Spoken => return None,
            Channel::Kiosk => Screen::Shared,
            Channel::Qr | Channel::Web | Channel::Mail => Screen::Own,
        };
        let mut observed = Self {
            id: response.id,
            at,
            screen,
            duration_ms: response.timing.duration_ms,
            answered: 0,
            skipped: 0,
            chosen: BTreeMap::new(),
            source,
        };
        for answer in &response.answers {
            match answer.given {
                Given::Skipped => observed.skipped += 1,
                _ => observed.answered += 1,
            }
            answer.given.count(|value| observed.chosen.entry(answer.question).or_default().push(value));
        }
        Some(observed)
    }
}

/// The weak signs that a response carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// answered faster than anybody reads
    pub hasty: bool,
    /// part of an improbable sequence of equal answers
    pub run: bool,
    /// part of a sequence that keeps time as a machine does
    pub even: bool,
    /// part of more answers than a place, a code or an address brings forth
    pub burst: bool,
}

impl Signs {
    /// Each sign that is there, in the order in which staff read them.
    pub fn flags(self) -> impl Iterator<Item = Flag> {
        [(self.hasty, Flag::Hasty), (self.run, Flag::Run), (self.even, Flag::Even), (self.burst, Flag::Burst)]
            .into_iter()
            .filter_map(|(is_there, flag)| is_there.then_some(flag))
    }

    /// The reasons to set the response aside: its signs where at least two agree, else none.
    #[must_use]
    pub fn agreed(self) -> Vec<Flag> {
        let flags: Vec<Flag> = self.flags().collect();
        if flags.len() < 2 { Vec::new() } else { flags }
    }
}

/// The signs of every response of one place: of one tablet or one code, over one day. In the order of
/// `observed`, whatever that is. `expected` comes from earlier events, never from those that are judged.
#[must_use]
pub fn signs(observed: &[Observed], expected: &Reference, limits: PaceLimits) -> Vec<Signs> {
    let mut order: Vec<usize> = (0..observed.len()).collect();
    order.sort_by_key(|place| (observed[*place].at, observed[*place].id));
    let mut signs = vec![Signs::default(); observed.len()];
    for (sign, observed) in signs.iter_mut().zip(observed) {
        sign.hasty = haste::is_hasty(observed);
        sign.burst = observed.source.is_more_than_a_household();
    }
    for place in pace::bursts(observed, &order, limits) {
        signs[place].burst = true;
    }
    for sequence in sequences(observed, &order) {
        for place in regularity::keeps_time(observed, &sequence) {
            signs[place].even = true;
        }
        for run in runs::runs(observed, &sequence, expected) {
            let is_quick = runs::is_quick(observed, &run);
            for place in &run {
                signs[*place].run = true;
                signs[*place].hasty |= is_quick;
            }
            for place in regularity::run_keeps_time(observed, &run) {
                signs[place].even = true;
            }
            for place in runs::beginning(observed, &order, &run) {
                signs[place].run = true;
                signs[place].burst = true;
            }
        }
    }
    // Behind one address a hall answers, or somebody who does not care what.
    for sequence in &sequences(observed, &order)[1..] {
        for place in chance::by_chance(observed, sequence, expected) {
            signs[place].run = true;
        }
    }
    signs
}

/// The sequences in which a run can hide: everybody, and those alone whose addresses sent more than others, among
/// whom a stubborn one is not diluted by the hall.
fn sequences(observed: &[Observed], order: &[usize]) -> [Vec<usize>; 3] {
    [SourceClass::Unknown, SourceClass::Many, SourceClass::Flood]
        .map(|class| order.iter().copied().filter(|place| observed[*place].source >= class).collect())
}
