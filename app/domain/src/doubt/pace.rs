//! More answers than a place brings forth.
//!
//! Whether a response is part of a burst depends only on when the responses were given, never on
//! the order or the moment in which they arrive: an outbox that was offline for a week is judged by
//! its taps. And it says the same of every response in it: a child that hammers on the screen did so
//! from the first tap, so the first few are part of it as well.

use super::observed::{Observed, Screen};
use crate::{time::Millis, venue_settings::Burst};

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
}

/// What is too fast at a tablet and behind a code; `None`: nothing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaceLimits {
    /// at one tablet, in the shortest window
    pub shared: Option<BurstLimit>,
    /// behind one code, in the shortest window
    pub own: Option<BurstLimit>,
}

impl PaceLimits {
    /// The limits that a venue has set.
    #[must_use]
    pub fn of(burst: &Burst) -> Self {
        let within_ms = burst.within_ms.clamp(0, Burst::LONGEST);
        let limit = |most: u32| {
            let most = usize::try_from(most.min(Burst::MOST)).ok().filter(|most| *most > 0)?;
            Some(BurstLimit { most, within_ms })
        };
        Self { shared: limit(burst.most), own: limit(burst.most_by_code) }
    }

    const fn of_screen(self, screen: Screen) -> Option<BurstLimit> {
        match screen {
            Screen::Shared => self.shared,
            Screen::Own => self.own,
        }
    }
}

/// A pace can be kept up for a while but not for long: how much longer each window is than the first, and how much
/// more is believed within it. With 8 in a minute, 60 in ten minutes and 240 in an hour.
const WINDOWS: [(Millis, f64); 3] = [(1, 1.0), (10, 7.5), (60, 30.0)];

/// Those that are part of a burst in any of the windows, of which each screen has its own.
pub(super) fn bursts(observed: &[Observed], order: &[usize], limits: PaceLimits) -> Vec<usize> {
    let mut found = Vec::new();
    for screen in [Screen::Shared, Screen::Own] {
        let Some(limit) = limits.of_screen(screen) else { continue };
        let timed: Vec<(usize, Millis)> = order
            .iter()
            .filter(|place| observed[**place].screen == screen)
            .filter_map(|place| Some((*place, observed[*place].at?)))
            .collect();
        let instants: Vec<Millis> = timed.iter().map(|(_, at)| *at).collect();
        for (longer, more) in WINDOWS {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1,000 * 30")]
            let most = (limit.most as f64 * more).round() as usize;
            let window = BurstLimit { most, within_ms: limit.within_ms.saturating_mul(longer) };
            found.extend(
                timed
                    .iter()
                    .zip(window.bursts(&instants))
                    .filter(|(_, is_part)| *is_part)
                    .map(|((place, _), _)| *place),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        doubt::fixtures::observed,
        time::{MINUTE, SECOND},
    };

    fn bursts_of(most: usize, times: &[Millis]) -> Vec<bool> {
        BurstLimit { most, within_ms: 60 }.bursts(times)
    }

    #[test]
    fn one_more_than_believed_puts_all_in_doubt() {
        assert_eq!(bursts_of(3, &[0, 10, 20]), [false; 3]);
        assert_eq!(bursts_of(3, &[0, 10, 20, 60]), [true; 4]);
        assert_eq!(bursts_of(3, &[0, 10, 20, 61]), [false; 4]);
        assert_eq!(bursts_of(2, &[0, 40, 50, 55, 110, 120]), [true, true, true, true, true, false]);
        assert_eq!(bursts_of(1, &[]), [false; 0]);
    }

    #[test]
    fn what_no_minute_shows_ten_minutes_or_an_hour_do() {
        let limits = PaceLimits { shared: Some(BurstLimit { most: 8, within_ms: MINUTE }), own: None };
        let part = |every: Millis, n: i64| {
            let all: Vec<Observed> = (0..n).map(|number| observed(1, number * every, &[5])).collect();
            bursts(&all, &(0..all.len()).collect::<Vec<_>>(), limits).len()
        };
        assert_eq!(part(15 * SECOND + 100, 300), 0, "fifteen seconds for each is the pace of a queue");
        assert!(part(14 * SECOND, 300) >= 300, "an hour without a break");
        assert!(part(9 * SECOND, 80) >= 80 && part(9 * SECOND, 30) == 0, "ten minutes");
        assert!(part(6 * SECOND, 12) >= 12 && part(6 * SECOND, 8) == 0, "a minute");
    }

    #[test]
    fn nothing_is_too_fast_where_the_venue_says_so() {
        let limits = PaceLimits::of(&Burst { most: 0, ..Burst::default() });
        assert_eq!(limits.shared, None);
        assert!(limits.own.is_some());
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
            prop_assert_eq!(bursts_of(most, &times), slowly);
        }
    }
}
