//! Answers that have nothing to do with each other.
//!
//! Whoever liked an evening chooses a good face and recommends it, and who did not, neither: two answers of one person
//! differ little, whatever the mood of the evening. Of answers drawn by chance they differ as chance has it. The
//! evidence is summed as in [`runs`](super::runs).

use super::{observed::Observed, reference::Reference};

/// So many bits of evidence are a sequence by chance. More than for equal answers: children tap at random, too.
const BITS: f64 = 25.0;
/// A difference of two answers on the scale from 0 to 1 lies below one of these, or above all.
const STEPS: [f64; 3] = [0.13, 0.33, 0.5];
/// How often it does among people: of tens of thousands of pairs of a face and a recommendation hardly any is far
/// apart.
const PEOPLE: [f64; 4] = [0.54, 0.35, 0.08, 0.03];
/// How often by chance: the pairs of five faces and eleven numbers, counted.
const CHANCE: [f64; 4] = [0.200, 0.291, 0.145, 0.364];

/// How far the sum falls before a sequence is over, or begins: answers by chance agree now and then.
const SLACK: f64 = 4.0;

/// The places of a sequence that is more likely chance than people.
pub(super) fn by_chance(observed: &[Observed], sequence: &[usize], expected: &Reference) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut start, mut end) = (0, 0);
    let (mut sum, mut best) = (0.0_f64, 0.0_f64);
    let mut close = |start: usize, end: usize, best: f64| {
        if best >= BITS {
            found.extend(&sequence[start..end]);
        }
    };
    for (number, place) in sequence.iter().enumerate() {
        sum += expected.difference(&observed[*place].chosen).map_or(0.0, evidence);
        best = best.max(sum);
        if sum < -SLACK || best - sum > BITS {
            close(start, end, best);
            (start, end, sum, best) = (number + 1, number + 1, 0.0, 0.0);
        } else if best - sum < SLACK {
            end = number + 1;
        }
    }
    close(start, end, best);
    found
}

/// The bits by which a difference speaks for chance.
fn evidence(difference: f64) -> f64 {
    let step = STEPS.iter().filter(|step| difference >= **step).count();
    (CHANCE[step] / PEOPLE[step]).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_chance_are_those_of_the_grid() {
        let mut counted = [0.0; 4];
        for face in 0..5 {
            for nps in 0..11 {
                let difference = (f64::from(face) / 4.0 - f64::from(nps) / 10.0).abs();
                counted[STEPS.iter().filter(|step| difference >= **step).count()] += 1.0 / 55.0;
            }
        }
        for (counted, shipped) in counted.iter().zip(CHANCE) {
            assert!((counted - shipped).abs() < 0.005, "{counted} {shipped}");
        }
        assert!((PEOPLE.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
