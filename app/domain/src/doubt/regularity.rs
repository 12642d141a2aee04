//! Keeping time as a machine does. People in a queue differ by tens of percent from one to the next; a
//! program that waits the same time, or a hand that taps the same spot, by a few.

use super::observed::Observed;
use crate::time::Millis;

/// A window of so many gaps is looked at among all answers.
const GAPS: usize = 12;
/// There, gaps that vary less than this (standard deviation over mean) are a machine's.
const MACHINE: f64 = 0.05;
/// A window of so many gaps, or durations, is looked at within a run of equal answers.
const WINDOW_OF_RUN: usize = 8;
/// There, gaps that vary less than this are one hand's. A tablet says thanks for the same six seconds each time, so
/// that even a queue of people varies little.
const GAPS_OF_ONE_HAND: f64 = 0.08;
/// However exact a machine is, a clock of milliseconds and the network add so much, as a share of the mean gap.
const EXACT: f64 = 0.01;
/// There, durations that vary less than this are one hand's.
const DURATIONS_OF_ONE_HAND: f64 = 0.12;

/// Those of a sequence in order whose distances are too even for people.
pub(super) fn keeps_time(observed: &[Observed], sequence: &[usize]) -> Vec<usize> {
    even_gaps(observed, sequence, GAPS, MACHINE)
}

/// Those of a run whose distances, or whose durations, are one hand's.
pub(super) fn run_keeps_time(observed: &[Observed], run: &[usize]) -> Vec<usize> {
    let mut found = even_gaps(observed, run, WINDOW_OF_RUN, GAPS_OF_ONE_HAND);
    let timed: Vec<usize> = run.iter().copied().filter(|place| observed[*place].duration_ms.is_some()).collect();
    let durations: Vec<Millis> = timed.iter().filter_map(|place| observed[*place].duration_ms).collect();
    for start in even_windows(&durations, WINDOW_OF_RUN, DURATIONS_OF_ONE_HAND) {
        found.extend(&timed[start..start + WINDOW_OF_RUN]);
    }
    found
}

fn even_gaps(observed: &[Observed], sequence: &[usize], window: usize, limit: f64) -> Vec<usize> {
    let timed: Vec<(usize, Millis)> =
        sequence.iter().filter_map(|place| Some((*place, observed[*place].at?))).collect();
    let gaps: Vec<Millis> = timed.windows(2).map(|pair| pair[1].1.saturating_sub(pair[0].1)).collect();
    let mut found = Vec::new();
    for start in even_windows(&gaps, window, limit) {
        // As many gaps lie between one more answer.
        let (first, last) = (start, start + window);
        let inner = &gaps[first + 1..last - 1];
        let first = if is_alike(gaps[first], inner) { first } else { first + 1 };
        let last = if is_alike(gaps[last - 1], inner) { last } else { last - 1 };
        found.extend(timed[first..=last].iter().map(|(place, _)| *place));
    }
    found
}

/// Whether a gap at the end of a window is one of those within it. If not, somebody happened to answer when it was
/// nearly time, and is not of that hand.
fn is_alike(gap: Millis, inner: &[Millis]) -> bool {
    let mean = inner.iter().map(|value| *value as f64).sum::<f64>() / inner.len() as f64;
    let off = (gap as f64 - mean).abs() / mean;
    off <= variation(inner).map_or(0.0, |variation| (3.0 * variation).max(EXACT))
}

/// Where windows begin whose values vary less than `limit` times their mean. Nothing is said of values that are 0 on
/// average: answers of one instant were written down by one clock.
fn even_windows(values: &[Millis], window: usize, limit: f64) -> Vec<usize> {
    values
        .windows(window)
        .enumerate()
        .filter(|(_, values)| variation(values).is_some_and(|variation| variation < limit))
        .map(|(start, _)| start)
        .collect()
}

/// The coefficient of variation: standard deviation over mean.
fn variation(values: &[Millis]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().map(|value| *value as f64).sum::<f64>() / n;
    if mean <= 0.0 {
        return None;
    }
    let variance = values.iter().map(|value| (*value as f64 - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Some(variance.sqrt() / mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doubt::fixtures::observed;

    fn found(times: &[Millis], search: fn(&[Observed], &[usize]) -> Vec<usize>) -> usize {
        let all: Vec<Observed> = times.iter().map(|at| observed(1, *at, &[5])).collect();
        let mut found = search(&all, &(0..all.len()).collect::<Vec<_>>());
        found.sort_unstable();
        found.dedup();
        found.len()
    }

    #[test]
    fn a_machine_keeps_time_and_a_queue_does_not() {
        let machine: Vec<Millis> = (0..20).map(|number| number * 5_000 + number % 3 * 40).collect();
        assert_eq!(found(&machine, keeps_time), 20);
        let steps = [11, 7, 15, 9, 22, 8, 13, 10, 30, 6, 12, 14, 9, 18];
        let queue: Vec<Millis> = steps
            .iter()
            .scan(0, |at, step| {
                *at += step * 1_000;
                Some(*at)
            })
            .collect();
        assert_eq!(found(&queue, keeps_time), 0);
        assert_eq!(found(&queue, run_keeps_time), 0);
        assert_eq!(found(&machine[..12], keeps_time), 0, "eleven gaps are too few to say");
        assert_eq!(found(&machine[..12], run_keeps_time), 12, "unless the answers are equal as well");
        assert_eq!(found(&[0; 20], keeps_time), 0, "one instant is one clock");
    }

    #[test]
    fn who_answers_when_it_is_nearly_time_is_not_of_that_hand() {
        let mut times: Vec<Millis> = (0..40).map(|number| number * 200).collect();
        times.push(20 * 200 + 25);
        times.sort_unstable();
        let all: Vec<Observed> = times.iter().map(|at| observed(1, *at, &[5])).collect();
        let found = keeps_time(&all, &(0..all.len()).collect::<Vec<_>>());
        assert!((0..all.len()).all(|place| found.contains(&place) == (times[place] % 200 == 0)), "{found:?}");
    }
}
