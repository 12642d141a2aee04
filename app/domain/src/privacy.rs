//! How much may be said about how few. A score of three people is gossip, not knowledge.

use serde::{Deserialize, Serialize};

/// The fewest answers about which anything but their number is said, unless set higher.
pub const FEWEST: u64 = 5;

/// What may be concluded from a number of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// under 5: only how many
    TooFew,
    /// 5 to 19: counts and bars; the score on request, with its interval
    OnRequest,
    /// 20 to 49: the score with its interval, called a small sample
    SmallSample,
    /// from 50: the score with its interval
    Enough,
}

impl Confidence {
    /// What may be concluded from `n` answers.
    #[must_use]
    pub const fn of(n: u64) -> Self {
        match n {
            0..FEWEST => Self::TooFew,
            FEWEST..=19 => Self::OnRequest,
            20..=49 => Self::SmallSample,
            _ => Self::Enough,
        }
    }

    /// Whether a score is shown, given whether the reader asked for it.
    #[must_use]
    pub const fn shows_score(self, asked: bool) -> bool {
        match self {
            Self::TooFew => false,
            Self::OnRequest => asked,
            Self::SmallSample | Self::Enough => true,
        }
    }
}

/// Which parts of a breakdown are hidden, in the order of `cells`: every part under `fewest`, then
/// the next smallest until the hidden ones hold at least `fewest` together. Otherwise a single
/// hidden part could be had by subtracting the shown ones from the whole. Empty parts hide nothing.
/// `unlisted` are those of the whole that belong to no part: they are never shown and could be had
/// by subtraction as well.
#[must_use]
pub fn hidden(cells: &[u64], unlisted: u64, fewest: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|n| (1..fewest).contains(n)).collect();
    let mut held: u64 = unlisted + cells.iter().filter(|n| (1..fewest).contains(*n)).sum::<u64>();
    if held == 0 {
        return hidden;
    }
    let mut shown: Vec<usize> = (0..cells.len()).filter(|place| cells[*place] >= fewest).collect();
    shown.sort_by_key(|place| cells[*place]);
    for place in shown {
        if held >= fewest {
            break;
        }
        hidden[place] = true;
        held += cells[place];
    }
    hidden
}

/// How many later responses hide whose comment it is.
pub const COMMENT_DELAY: u64 = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_of_the_design() {
        use Confidence::*;
        for (n, confidence) in [
            (0, TooFew),
            (4, TooFew),
            (5, OnRequest),
            (19, OnRequest),
            (20, SmallSample),
            (49, SmallSample),
            (50, Enough),
        ] {
            assert_eq!(Confidence::of(n), confidence, "{n}");
        }
        assert!(!TooFew.shows_score(true) && OnRequest.shows_score(true) && !OnRequest.shows_score(false));
    }

    #[test]
    fn one_small_part_takes_another_with_it() {
        assert_eq!(hidden(&[171, 3, 64], 0, FEWEST), [false, true, true]);
        assert_eq!(hidden(&[171, 3, 4], 0, FEWEST), [false, true, true]);
        assert_eq!(hidden(&[171, 0, 64], 0, FEWEST), [false, false, false]);
        assert_eq!(hidden(&[171, 64], 2, FEWEST), [false, true], "two without a segment could be had, too");
        assert_eq!(hidden(&[171, 64], 9, FEWEST), [false, false]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_small_can_be_subtracted(cells in proptest::collection::vec(0_u64..30, 0..8), unlisted in 0_u64..9) {
            let hidden = hidden(&cells, unlisted, FEWEST);
            let held: u64 = unlisted + cells.iter().zip(&hidden).filter(|(_, h)| **h).map(|(n, _)| n).sum::<u64>();
            let all_hidden = cells.iter().zip(&hidden).all(|(n, h)| *h || *n == 0);
            proptest::prop_assert!(held == 0 || held >= FEWEST || all_hidden);
            proptest::prop_assert!(cells.iter().zip(&hidden).all(|(n, h)| *h || *n == 0 || *n >= FEWEST));
        }
    }
}
