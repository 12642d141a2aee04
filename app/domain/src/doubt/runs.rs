//! Sequences of equal answers that are improbable among people.
//!
//! A cumulative sum of evidence (Page's CUSUM): an answer equal to the one in question adds the logarithm of how
//! much likelier it is where somebody repeats it than among an audience, any other answer subtracts. Where the sum
//! rises high enough those equal answers are a run; others between them are not part of it.
//!
//! E. S. Page, Continuous inspection schemes, Biometrika 41 (1954).

use std::collections::BTreeMap;

use super::{
    haste,
    observed::{Choice, Observed, by_question},
    reference::{Reference, with_mood},
    source::SourceClass,
};
use crate::time::{HOUR, Millis};

/// So many bits of evidence make a run of responses that are equal throughout: one in a million by chance.
const BITS: f64 = 20.0;
/// So many where only the answers to one question are: friends say the same of a show sooner than they say the same
/// to every question.
const BITS_OF_ONE: f64 = 30.0;
/// Fewer equal answers look like people who agree, however rare they are.
const LEAST: usize = 6;
/// How much of a sequence is one hand's: nearly all of it, most of it, or a part of it between visitors.
const DENSITIES: [f64; 3] = [0.97, 0.7, 0.4];
/// What half an audience may say on a good evening is no evidence however often it is said.
const COMMON: f64 = 0.5;
/// Who takes so many times the median of a run is a visitor who happens to say the same.
const MUCH_LONGER: Millis = 3;
/// The share of an audience that answers quickly, at most: children in a queue.
const QUICK: f64 = 0.2;

/// What can be equal: everything that was chosen, or what was chosen at one question; among all, or among those who
/// answered quickly, where even a common answer is rare.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Feature<'a> {
    All { chosen: &'a [Choice], is_quick: bool },
    One { chosen: &'a [Choice], is_quick: bool },
}

impl Feature<'_> {
    /// The evidence that makes a run of it.
    const fn bits(&self) -> f64 {
        match self {
            Self::All { .. } => BITS,
            Self::One { .. } => BITS_OF_ONE,
        }
    }

    /// How often an audience shows it, at most.
    fn share(&self, expected: &Reference) -> f64 {
        let (share, is_quick) = match self {
            Self::All { chosen, is_quick } => (expected.share_of_all(chosen), *is_quick),
            Self::One { chosen, is_quick } => (expected.share(chosen), *is_quick),
        };
        with_mood(if is_quick { share * QUICK } else { share })
    }
}

/// The runs in a sequence, each in order. A response may be in several.
pub(super) fn runs(observed: &[Observed], sequence: &[usize], expected: &Reference) -> Vec<Vec<usize>> {
    let mut places: BTreeMap<Feature<'_>, Vec<usize>> = BTreeMap::new();
    for (place, index) in sequence.iter().enumerate() {
        for feature in features(&observed[*index]) {
            places.entry(feature).or_default().push(place);
        }
    }
    let mut runs = Vec::new();
    for (feature, places) in places {
        if places.len() < LEAST {
            continue;
        }
        let share = feature.share(expected);
        for density in DENSITIES {
            for (first, last) in stretches(&places, share, density, feature.bits()) {
                let run = places[first..=last].iter().map(|place| sequence[*place]).collect();
                runs.push(of_one_hand(observed, run));
            }
        }
    }
    runs
}

/// A run without those who took much longer than it: visitors who happen to say the same.
fn of_one_hand(observed: &[Observed], run: Vec<usize>) -> Vec<usize> {
    let mut durations: Vec<Millis> = run.iter().filter_map(|place| observed[*place].duration_ms).collect();
    durations.sort_unstable();
    let Some(median) = durations.get(durations.len() / 2).copied() else { return run };
    let is_part = |place: &usize| observed[*place].duration_ms.is_none_or(|duration| duration <= MUCH_LONGER * median);
    run.into_iter().filter(is_part).collect()
}

/// Whether nearly all of a run were quick: one quick person in an audience is nothing, a run of them is one hand.
pub(super) fn is_quick(observed: &[Observed], run: &[usize]) -> bool {
    let quick = run.iter().filter(|place| haste::is_quick(&observed[**place])).count();
    quick * 10 >= run.len() * 8
}

/// An address is not known for what it is before its fourth response. The responses that are equal to a run of such
/// addresses and came last before it, within an hour, are its beginning.
pub(super) fn beginning(observed: &[Observed], order: &[usize], run: &[usize]) -> Vec<usize> {
    let Some(first) = run.first().map(|place| &observed[*place]) else { return Vec::new() };
    let (true, Some(begins)) = (run.iter().all(|place| observed[*place].source >= SourceClass::Many), first.at) else {
        return Vec::new();
    };
    let is_part = |other: &Observed| {
        other.source == SourceClass::Few
            && other.chosen == first.chosen
            && other.at.is_some_and(|at| at <= begins && begins - at <= HOUR)
    };
    order.iter().copied().rev().filter(|place| is_part(&observed[*place])).take(SourceClass::FEW as usize).collect()
}

fn features(observed: &Observed) -> impl Iterator<Item = Feature<'_>> {
    let chosen = &observed.chosen[..];
    let hurried = haste::is_quick(observed);
    let speeds = [Some(false), hurried.then_some(true)].into_iter().flatten();
    speeds.flat_map(move |is_quick| {
        let all = (!chosen.is_empty()).then_some(Feature::All { chosen, is_quick });
        let one = by_question(chosen).map(move |chosen| Feature::One { chosen, is_quick });
        all.into_iter().chain(one)
    })
}

/// Of the places in a sequence where a feature is found that a share of people show: from which of them to which it is
/// found too often.
fn stretches(places: &[usize], share: f64, density: f64, bits: f64) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if share >= COMMON || density <= share {
        return found;
    }
    let gain = (density / share).log2();
    let cost = ((1.0 - share) / (1.0 - density)).log2();
    let mut start = 0;
    let mut sum = 0.0;
    let mut best = (0.0, 0);
    for number in 0..places.len() {
        let others = number.checked_sub(1).map_or(0, |before| places[number] - places[before] - 1);
        let after = cost.mul_add(-(others as f64), sum);
        // What has lost as much as a run needs is over, however high it stood.
        if after <= 0.0 || best.0 - after > bits {
            found.extend(long_enough(best, start, bits));
            (start, sum, best) = (number, 0.0, (0.0, number));
        } else {
            sum = after;
        }
        sum += gain;
        if sum > best.0 {
            best = (sum, number);
        }
    }
    found.extend(long_enough(best, start, bits));
    found
}

fn long_enough((sum, last): (f64, usize), start: usize, bits: f64) -> Option<(usize, usize)> {
    (sum >= bits && last + 1 - start >= LEAST).then_some((start, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{doubt::fixtures::observed, fixtures::survey};

    /// How many of a sequence of recommendations are part of a run.
    fn in_runs(given: &[u8]) -> Vec<usize> {
        let all: Vec<Observed> = (0..)
            .zip(given)
            .map(|(number, nps)| observed(number, i64::from(*nps), &[if *nps < 7 { 2 } else { 5 }, *nps]))
            .collect();
        let order: Vec<usize> = (0..all.len()).collect();
        let mut found: Vec<usize> = runs(&all, &order, &Reference::shipped([&survey()])).concat();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn ten_zeros_in_a_row_are_a_run_and_four_are_not() {
        let honest = [10, 9, 8, 10, 10, 7, 9, 10];
        let with = |zeros: usize| [&honest[..], &vec![0; zeros], &honest].concat();
        assert_eq!(in_runs(&with(10)), (8..18).collect::<Vec<_>>());
        assert_eq!(in_runs(&with(4)), [0; 0]);
    }

    #[test]
    fn visitors_in_between_hide_no_run_and_are_no_part_of_it() {
        let mixed: Vec<u8> = (0..40).map(|number| if number % 4 == 3 { 9 } else { 0 }).collect();
        assert_eq!(in_runs(&mixed), (0..40).filter(|number| number % 4 != 3).collect::<Vec<_>>());
    }

    #[test]
    fn a_delighted_hall_is_no_run() {
        assert_eq!(in_runs(&[10; 500]), [0; 0]);
        assert_eq!(in_runs(&[3, 5, 0, 6, 2, 4, 1, 5, 6, 0, 3, 2]), [0; 0], "twelve critics who differ");
    }

    #[test]
    fn a_second_run_is_found_behind_a_longer_one() {
        let honest = [10, 9, 8, 10, 10, 7, 9, 10].repeat(5);
        let given = [&vec![0; 200][..], &honest, &[0; 20]].concat();
        assert_eq!(in_runs(&given).len(), 220);
    }
}
