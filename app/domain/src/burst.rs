//! A pace that no queue of people reaches.
//!
//! Whether a response is part of a burst depends only on when the responses were given, never on
//! the order or the moment in which they arrive: an outbox that was offline for a week is judged by
//! its taps. And it says the same of every response in it: a child that hammers on the screen did so
//! from the first tap, so the first few are flagged as well.

use super::time::Millis;

/// What is too fast to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BurstLimit {
    /// as many are believed
    pub most: usize,
    /// within this time, both ends included
    pub within_ms: Millis,
}

impl BurstLimit {
    /// Of instants in order, which are part of more than `most` within `within_ms`.
    #[must_use]
    pub fn bursts(self, times: &[Millis]) -> Vec<bool> {
        let mut part = vec![false; times.len()];
        // Up to here everything has been looked at and, where it had to be, marked.
        let mut marked = 0;
        for (first, begins) in times.iter().enumerate() {
            let last = first.saturating_add(self.most);
            let is_burst = times.get(last).is_some_and(|ends| ends.saturating_sub(*begins) <= self.within_ms);
            if is_burst {
                part[first.max(marked)..=last].fill(true);
                marked = last + 1;
            }
        }
        part
    }

    /// Instants in order, in groups none of which lasts longer than `within_ms`: places in the list.
    #[must_use]
    pub fn clusters(self, times: &[Millis]) -> Vec<std::ops::Range<usize>> {
        let mut clusters: Vec<std::ops::Range<usize>> = Vec::new();
        for (place, at) in times.iter().enumerate() {
            match clusters.last_mut() {
                Some(cluster) if at.saturating_sub(times[cluster.start]) <= self.within_ms => cluster.end = place + 1,
                _ => clusters.push(place..place + 1),
            }
        }
        clusters
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bursts(most: usize, times: &[Millis]) -> Vec<bool> {
        BurstLimit { most, within_ms: 60 }.bursts(times)
    }

    #[test]
    fn one_more_than_believed_puts_all_in_doubt() {
        assert_eq!(bursts(3, &[0, 10, 20]), [false; 3]);
        assert_eq!(bursts(3, &[0, 10, 20, 60]), [true; 4]);
        assert_eq!(bursts(3, &[0, 10, 20, 61]), [false; 4]);
        assert_eq!(bursts(2, &[0, 40, 50, 55, 110, 120]), [true, true, true, true, true, false]);
        assert_eq!(bursts(1, &[]), [false; 0]);
    }

    #[test]
    fn groups_are_short() {
        let clusters = BurstLimit { most: 1, within_ms: 60 }.clusters(&[0, 30, 60, 61, 200, 260, 261]);
        assert_eq!(clusters, [0..3, 3..4, 4..6, 6..7]);
    }

    proptest! {
        #[test]
        fn a_response_is_marked_where_some_window_holds_too_many(
            mut times in proptest::collection::vec(0_i64..400, 0..60), most in 1_usize..6,
        ) {
            times.sort_unstable();
            let slowly: Vec<bool> = times.iter().map(|at| {
                // Every window that begins with one of them and holds this one.
                times.iter().any(|from| (*from..=from + 60).contains(at)
                    && times.iter().filter(|other| (*from..=from + 60).contains(other)).count() > most)
            }).collect();
            prop_assert_eq!(bursts(most, &times), slowly);
        }
    }
}
