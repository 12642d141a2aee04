//! The numbers by which spreadsheets count days.

use jiff::{
    ToSpan,
    civil::{DateTime, date},
};

/// Days of this many serials are dates of people who are alive: 1954 to 2119.
const DAYS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// The date and time of a serial, to the minute, counted from 1900 (or 1904 where the workbook says so). `None` where no
/// programme is.
#[must_use]
pub fn serial(number: f64, is_1904: bool) -> Option<DateTime> {
    let number = if is_1904 { number + 1_462.0 } else { number };
    if !DAYS.contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 80,000 days")]
    let minutes = (number * 1_440.0).round() as i64;
    // Day 60 is a 29 February 1900 that never was; all days here come after it.
    date(1899, 12, 30).at(0, 0, 0, 0).checked_add(minutes.minutes()).ok()
}

/// The minute of the day that a fraction of a day is.
#[must_use]
pub fn fraction(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "below a day")]
    let minutes = (number * 1_440.0).round() as i64;
    (0.0..1.0).contains(&number).then_some(minutes)
}

/// A number with a comma or a point, and nothing else in the text.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b'.');
    let parts = text.split([',', '.']).count();
    if is_plain && parts <= 2 { text.replace(',', ".").parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_rounded_to_the_minute() {
        let at = |number| serial(number, false);
        assert_eq!(at(46_055.770_833), Some(date(2026, 2, 2).at(18, 30, 0, 0)));
        assert_eq!(at(46_055.0), Some(date(2026, 2, 2).at(0, 0, 0, 0)));
        assert_eq!(serial(44_593.770_833, true), Some(date(2026, 2, 2).at(18, 30, 0, 0)));
        assert_eq!((at(2_026.0), at(20_260_201.0), at(f64::NAN)), (None, None, None));
        assert_eq!((fraction(0.770_833), fraction(1.0), fraction(-0.1)), (Some(1_110), None, None));
        assert_eq!((number("46055,770833"), number("1.2.2026"), number("4e4")), (Some(46_055.770_833), None, None));
    }
}
