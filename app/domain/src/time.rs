//! Instants, days and slots. No clock and no time zone data: both come in from outside.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An instant: milliseconds UTC since 1970.
pub type Millis = i64;

/// One second.
pub const SECOND: Millis = 1_000;
/// One minute.
pub const MINUTE: Millis = 60 * SECOND;
/// One hour.
pub const HOUR: Millis = 60 * MINUTE;
/// One day of 24 hours.
pub const DAY: Millis = 24 * HOUR;

/// A calendar day at a venue, as `year * 10_000 + month * 100 + day`: stored so that no SQL needs a
/// date function, and readable by whoever opens the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalDay(pub i32);

impl LocalDay {
    /// The day of a calendar date.
    #[must_use]
    pub const fn from_date(year: i32, month: i32, day: i32) -> Self {
        Self(year * 10_000 + month * 100 + day)
    }

    /// Its month, as `year * 100 + month`.
    #[must_use]
    pub const fn month(self) -> LocalMonth {
        LocalMonth(self.0 / 100)
    }

    /// Its midnight in UTC, which is within a day of its midnight anywhere (days from civil, Howard Hinnant 2013).
    #[must_use]
    pub const fn midnight_utc(self) -> Millis {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        // A year begins in March here, so that the leap day is its last.
        let year = if month <= 2 { year - 1 } else { year } as Millis;
        let (era, month) = (year.div_euclid(400), ((month + 9) % 12) as Millis);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * month + 2) / 5 + day as Millis - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        (era * 146_097 + day_of_era - 719_468) * DAY
    }

    /// The day that `2026-11-21` writes; `None` for any other form. Whether the calendar has such a
    /// day is for those to say who have one.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let is_shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(place, byte)| match place {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let number = |part: std::ops::Range<usize>| text.get(part)?.parse().ok();
        if !is_shaped {
            return None;
        }
        Some(Self::from_date(number(0..4)?, number(5..7)?, number(8..10)?))
    }
}

impl fmt::Display for LocalDay {
    /// `2026-11-21`, as in addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

/// A calendar month at a venue, as `year * 100 + month`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalMonth(pub i32);

/// Ten minutes of answers: the instant divided by ten minutes. Time is never shown finer than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(pub i64);

impl Slot {
    /// How long a slot is.
    pub const LENGTH: Millis = 10 * MINUTE;

    /// The slot that holds an instant.
    #[must_use]
    pub const fn of(at: Millis) -> Self {
        Self(at.div_euclid(Self::LENGTH))
    }

    /// When the slot begins.
    #[must_use]
    pub const fn start(self) -> Millis {
        self.0 * Self::LENGTH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_its_midnight() {
        let midnight = |year, month, day| LocalDay::from_date(year, month, day).midnight_utc();
        assert_eq!(midnight(1970, 1, 1), 0);
        assert_eq!(midnight(2026, 11, 21), 1_795_219_200_000);
        assert_eq!(midnight(2024, 3, 1) - midnight(2024, 2, 28), 2 * DAY);
        assert_eq!(midnight(1969, 12, 31), -DAY);
    }

    #[test]
    fn a_day_is_written_one_way() {
        let day = LocalDay::from_date(2026, 1, 9);
        assert_eq!(day.to_string(), "2026-01-09");
        assert_eq!(LocalDay::from_iso("2026-01-09"), Some(day));
        for other in ["", "20260109", "2026-1-9", "2026-01-9 ", "+026-01-09", "2026/01/09", "2026-01-091", "2026-01-0é"]
        {
            assert_eq!(LocalDay::from_iso(other), None, "{other}");
        }
    }
}
