//! Where the signs come together.

use super::{
    chance, haste,
    observed::Observed,
    pace::{self, PaceLimits},
    reference::Reference,
    regularity, runs,
    source::SourceClass,
};
use crate::flag::Flag;

/// The weak signs that a response carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four signs, each there or not")]
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
