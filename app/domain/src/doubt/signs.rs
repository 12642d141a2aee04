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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        doubt::{fixtures::observed, observed::Screen},
        fixtures::survey,
        time::{MINUTE, Millis, SECOND},
        venue_settings::Burst,
    };

    /// The reasons for which each is set aside.
    fn set_aside(all: &[Observed]) -> Vec<Vec<Flag>> {
        let expected = Reference::shipped([&survey()]);
        signs(all, &expected, PaceLimits::of(&Burst::default())).into_iter().map(Signs::agreed).collect()
    }

    /// Visitors at a tablet, a minute or so apart, who mostly liked it.
    fn visitors(number: u64) -> Vec<Observed> {
        let numbers = [10, 9, 8, 10, 7, 10, 9, 3, 10, 5];
        (0..number)
            .map(|nth| {
                let nps = numbers[usize::try_from(nth % 10).unwrap()];
                let at = i64::try_from(nth).unwrap() * MINUTE + i64::try_from(nth * nth % 23).unwrap() * SECOND;
                observed(nth, at, &[if nps > 8 { 5 } else { 3 }, nps])
            })
            .collect()
    }

    fn tap(number: u64, at: Millis, duration: Millis) -> Observed {
        Observed { duration_ms: Some(duration), ..observed(number, at, &[1, 0]) }
    }

    #[test]
    fn one_sign_alone_sets_nobody_aside() {
        let mut all = visitors(30);
        all.extend((100..110).map(|nth| {
            let nth_ms = i64::try_from(nth).unwrap();
            tap(nth, nth_ms * 47 * SECOND + nth_ms * nth_ms % 17 * 900, 3_500 + nth_ms * 7_919 % 9_000)
        }));
        assert!(set_aside(&all).iter().all(Vec::is_empty), "ten angry people who take their time are critics");
    }

    #[test]
    fn a_hand_that_repeats_itself_is_set_aside_and_nobody_between() {
        let honest = visitors(30);
        for every in [5 * SECOND, 6 * SECOND, 40 * SECOND] {
            let mut all = honest.clone();
            all.extend((0..12).map(|nth| tap(100 + nth, i64::try_from(nth).unwrap() * every + 7 * MINUTE, 1_100)));
            let found = set_aside(&all);
            assert!(found[..30].iter().all(Vec::is_empty), "every {every} ms");
            assert!(found[30..].iter().all(|flags| flags.contains(&Flag::Run)), "every {every} ms: {found:?}");
        }
    }

    #[test]
    fn a_choir_behind_one_address_is_not_doubted_for_that() {
        let choir: Vec<Observed> = visitors(60)
            .into_iter()
            .map(|one| Observed {
                screen: Screen::Own,
                source: SourceClass::Flood,
                at: one.at.map(|at| at / 10),
                duration_ms: one.duration_ms.map(|duration| 4 * duration),
                ..one
            })
            .collect();
        assert!(set_aside(&choir).iter().all(Vec::is_empty));
    }

    proptest! {
        #[test]
        fn the_order_in_which_they_are_looked_at_changes_nothing(
            picked in proptest::collection::vec((0_i64..200, 0_u8..5, 0_u8..11, 0_i64..9_000, 0_u8..4), 0..80),
            seed: u64,
        ) {
            let all: Vec<Observed> = (0..)
                .zip(&picked)
                .map(|(number, (at, face, nps, duration, class))| Observed {
                    duration_ms: Some(*duration),
                    source: SourceClass::from_code((*class).into()).unwrap(),
                    ..observed(number, at * SECOND, &[face % 2 * 4 + 1, if nps > &5 { 0 } else { 10 }])
                })
                .collect();
            let mut order: Vec<usize> = (0..all.len()).collect();
            order.sort_by_key(|place| (*place as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
            let shuffled: Vec<Observed> = order.iter().map(|place| all[*place].clone()).collect();
            let (straight, other) = (set_aside(&all), set_aside(&shuffled));
            for (place, flags) in order.into_iter().zip(other) {
                prop_assert_eq!(&straight[place], &flags);
            }
        }
    }
}
