//! How shares, scores and intervals are written.

use domain::{interval::Interval, lang::Lang};

/// A share in whole percent, as the language writes it: "86 %", "86%". Nobody: 0.
#[must_use]
pub fn percent(lang: Lang, part: u64, whole: u64) -> String {
    written(lang, whole_percent(part, whole))
}

/// A percentage as the language writes it. The space never breaks.
#[must_use]
pub fn written(lang: Lang, percentage: impl std::fmt::Display) -> String {
    match lang {
        Lang::Fi | Lang::Sv => format!("{percentage}\u{a0}%"),
        Lang::En => format!("{percentage}%"),
    }
}

/// A share in whole percent, rounded half up; 0 of nobody.
#[must_use]
pub const fn whole_percent(part: u64, whole: u64) -> u64 {
    if whole == 0 { 0 } else { (part * 200 + whole) / (2 * whole) }
}

/// A score with its sign, which is a minus and not a hyphen: "+48", "−6", "0".
#[must_use]
pub fn signed(score: i32) -> String {
    match score {
        1.. => format!("+{score}"),
        0 => "0".to_owned(),
        _ => format!("\u{2212}{}", score.unsigned_abs()),
    }
}

/// The ends of an interval as whole numbers.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "intervals lie between -100 and 100")]
pub fn ends(interval: Interval) -> (i32, i32) {
    (interval.low.round() as i32, interval.high.round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_and_never_divide_by_nobody() {
        assert_eq!(percent(Lang::Fi, 268, 311), "86\u{a0}%");
        assert_eq!(percent(Lang::En, 1, 200), "1%");
        assert_eq!(percent(Lang::En, 0, 0), "0%");
    }

    #[test]
    fn scores_carry_their_sign() {
        assert_eq!([48, 0, -6].map(signed), ["+48", "0", "−6"]);
        assert_eq!(ends(Interval { low: -2.5, high: 69.8 }), (-3, 70));
    }
}
