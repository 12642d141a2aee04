//! How late staff see numbers while answers come in, so that nobody who watches both a page and the foyer learns what
//! a single person answered.

use super::{privacy::FEWEST, time::MINUTE, time::Millis};

/// How late the numbers are that leave the server while answers come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiveDelay {
    /// not at all
    #[default]
    Off,
    /// an answer is shown five minutes after it arrived
    FiveMinutes,
    /// an answer is shown a quarter of an hour after it arrived
    FifteenMinutes,
    /// answers are shown in groups of five, and what is left over once no more are expected
    StepsOfFive,
}

impl LiveDelay {
    /// Every one, the shortest first.
    pub const ALL: [Self; 4] = [Self::Off, Self::FiveMinutes, Self::FifteenMinutes, Self::StepsOfFive];

    /// The word in the store and in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::FiveMinutes => "five_minutes",
            Self::FifteenMinutes => "fifteen_minutes",
            Self::StepsOfFive => "steps_of_five",
        }
    }

    /// The delay that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delay| delay.as_str() == word)
    }

    /// What arrived after this instant is not shown at `now`, milliseconds UTC; `None` where time decides nothing.
    #[must_use]
    pub const fn shown_until(self, now: Millis) -> Option<Millis> {
        match self {
            Self::Off | Self::StepsOfFive => None,
            Self::FiveMinutes => Some(now - 5 * MINUTE),
            Self::FifteenMinutes => Some(now - 15 * MINUTE),
        }
    }

    /// How many of the newest of `n` responses are kept back while more are expected.
    #[must_use]
    pub const fn kept_back(self, n: u64) -> u64 {
        match self {
            Self::StepsOfFive => n % FEWEST,
            Self::Off | Self::FiveMinutes | Self::FifteenMinutes => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_minutes() {
        let now = 1_000 * MINUTE;
        let until = LiveDelay::ALL.map(|delay| delay.shown_until(now));
        assert_eq!(until, [None, Some(995 * MINUTE), Some(985 * MINUTE), None]);
    }

    #[test]
    fn steps_are_of_five() {
        let shown = |n| n - LiveDelay::StepsOfFive.kept_back(n);
        assert_eq!([0, 4, 5, 9, 10, 312].map(shown), [0, 0, 5, 5, 10, 310]);
        assert_eq!(LiveDelay::FiveMinutes.kept_back(4), 0);
    }

    #[test]
    fn a_word_is_read_again() {
        for delay in LiveDelay::ALL {
            assert_eq!(LiveDelay::from_name(delay.as_str()), Some(delay));
        }
        assert_eq!(LiveDelay::from_name("soon"), None);
    }
}
