//! Dates, times and durations of a calendar.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};

/// No event is longer.
const LONGEST_DAYS: i64 = 366;

/// A date or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// a whole day
    Day(Date),
    /// on the clock of a zone that stands elsewhere, or nowhere
    Local(DateTime),
    /// UTC
    Utc(DateTime),
}

/// How long something is: days of the calendar, and exact seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) days: i64,
    pub(super) seconds: i64,
}

impl Value {
    /// `20261107`, `20261107T190000`, `20261107T170000Z`; with the hyphens and colons that some write.
    pub(super) fn read(text: &str) -> Option<Self> {
        let compact: String = text.trim().chars().filter(|c| *c != '-' && *c != ':').collect();
        let (day, time) = match compact.split_once(['T', 't']) {
            Some((day, time)) => (day, Some(time)),
            None => (compact.as_str(), None),
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if day.len() != 8 || !digits(day) {
            return None;
        }
        let date = Date::new(day[..4].parse().ok()?, day[4..6].parse().ok()?, day[6..].parse().ok()?).ok()?;
        let Some(time) = time else { return Some(Self::Day(date)) };
        let (time, is_utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        if !matches!(time.len(), 4 | 6) || !digits(time) {
            return None;
        }
        let second = if time.len() == 6 { time[4..].parse::<i8>().ok()?.min(59) } else { 0 };
        let at = date.to_datetime(Time::new(time[..2].parse().ok()?, time[2..4].parse().ok()?, second, 0).ok()?);
        Some(if is_utc { Self::Utc(at) } else { Self::Local(at) })
    }
}

impl Length {
    /// `PT2H15M`, `P1D`, `-PT1H`, `P2W`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_uppercase();
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(&text)),
        };
        let rest = rest.strip_prefix('P')?;
        let (mut length, mut is_time, mut digits, mut is_empty) =
            (Self { days: 0, seconds: 0 }, false, String::new(), true);
        for c in rest.chars() {
            if c.is_ascii_digit() && digits.len() < 7 {
                digits.push(c);
                continue;
            }
            if c == 'T' && digits.is_empty() && !is_time {
                is_time = true;
                continue;
            }
            let number: i64 = digits.parse().ok()?;
            digits.clear();
            is_empty = false;
            match (is_time, c) {
                (false, 'W') => length.days += 7 * number,
                (false, 'D') => length.days += number,
                (true, 'H') => length.seconds += 3_600 * number,
                (true, 'M') => length.seconds += 60 * number,
                (true, 'S') => length.seconds += number,
                _ => return None,
            }
        }
        let length = Self { days: sign * length.days, seconds: sign * length.seconds };
        let is_sound = length.days.abs() <= LONGEST_DAYS && length.seconds.abs() <= LONGEST_DAYS * 86_400;
        (!is_empty && digits.is_empty() && is_sound).then_some(length)
    }

    /// So many days after a day.
    pub(super) fn days_after(self, at: DateTime) -> Option<DateTime> {
        at.checked_add(i32::try_from(self.days).ok()?.days()).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn values_and_lengths_are_read() {
        let at = date(2026, 11, 7).at(19, 0, 0, 0);
        assert_eq!(Value::read("20261107T190000"), Some(Value::Local(at)));
        assert_eq!(Value::read("2026-11-07T19:00:00Z"), Some(Value::Utc(at)));
        assert_eq!(Value::read("20261107"), Some(Value::Day(date(2026, 11, 7))));
        for text in ["", "20260231", "20261107T250000", "20261107T1", "2026110", "2026110ä", "20261107Tä"] {
            assert_eq!(Value::read(text), None, "{text}");
        }
        let length = |days, seconds| Some(Length { days, seconds });
        assert_eq!(Length::read("PT2H15M"), length(0, 8_100));
        assert_eq!(Length::read("P1DT1H"), length(1, 3_600));
        assert_eq!(Length::read("-PT1H"), length(0, -3_600));
        assert_eq!(Length::read("P2W"), length(14, 0));
        for text in ["", "P", "PT", "2H", "PT2", "P1H", "PT99999999H", "P9999999W", "P367D"] {
            assert_eq!(Length::read(text), None, "{text}");
        }
    }
}
