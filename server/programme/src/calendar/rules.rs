//! What a rule of repetition means. `calcard` counts it out on the clock of the wall, without a zone; the time line is not
//! its business. A rule is checked before it gets there, so that no file can make it count for ever.

use calcard::{Entry, Parser, common::timezone::Tz};
use jiff::{Timestamp, civil::DateTime, tz::Offset};

use super::values::Value;

/// No series of a programme is longer.
pub(super) const MOST: usize = 2_000;

/// A rule of repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// everything but its end
    parts: Vec<String>,
    /// its last day or moment
    pub(super) until: Option<Value>,
    /// how often
    pub(super) count: Option<usize>,
}

impl Rule {
    /// A rule that makes sense in a programme: by the day, the week, the month or the year.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rule = Self { parts: Vec::new(), until: None, count: None };
        for part in text.trim().split(';').filter(|part| !part.trim().is_empty()) {
            let (key, value) = part.split_once('=')?;
            let (key, value) = (key.trim().to_uppercase(), value.trim().to_uppercase());
            let is_sound = match key.as_str() {
                "UNTIL" => {
                    rule.until = Some(Value::read(&value)?);
                    continue;
                }
                "COUNT" => {
                    rule.count = Some(value.parse().ok().filter(|count| (1..=MOST).contains(count))?);
                    true
                }
                "FREQ" => ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(&value.as_str()),
                "INTERVAL" => value.parse::<u16>().is_ok_and(|interval| (1..=1_000).contains(&interval)),
                "BYMONTH" => numbers(&value, 1, 12),
                "BYMONTHDAY" => numbers(&value, 1, 31),
                "BYYEARDAY" | "BYSETPOS" => numbers(&value, 1, 366),
                "BYWEEKNO" => numbers(&value, 1, 53),
                "BYHOUR" => numbers(&value, 0, 23) && !value.contains('-'),
                "BYMINUTE" | "BYSECOND" => numbers(&value, 0, 59) && !value.contains('-'),
                "WKST" => is_weekday(&value),
                "BYDAY" => value.split(',').count() <= 366 && value.split(',').all(is_day),
                _ => return None,
            };
            if !is_sound || rule.parts.iter().any(|other| other.starts_with(&format!("{key}="))) {
                return None;
            }
            rule.parts.push(format!("{key}={value}"));
        }
        rule.parts.iter().any(|part| part.starts_with("FREQ=")).then_some(rule)
    }

    /// The times on the wall, from the first, until a moment; at most so many.
    pub(super) fn times(&self, first: DateTime, until: DateTime, most: usize) -> Vec<DateTime> {
        let stamp = |at: DateTime| at.strftime("%Y%m%dT%H%M%S").to_string();
        let mut parts = self.parts.clone();
        if self.count.is_none() {
            parts.push(format!("UNTIL={}", stamp(until)));
        }
        let rule = parts.join(";");
        let calendar = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:{}\r\nRRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            stamp(first)
        );
        let Entry::ICalendar(calendar) = Parser::new(&calendar).entry() else { return vec![first] };
        let mut times: Vec<DateTime> = calendar
            .expand_dates(Tz::Floating, most)
            .events
            .iter()
            .filter_map(|event| Timestamp::from_second(event.timestamps().0).ok())
            .map(|at| Offset::UTC.to_datetime(at))
            .filter(|at| *at <= until)
            .collect();
        times.sort_unstable();
        times.dedup();
        // The first time is one of the series, also where the rule would not have it.
        if times.first() != Some(&first) {
            times.insert(0, first);
            if self.count.is_some_and(|count| times.len() > count) {
                times.pop();
            }
        }
        times
    }
}

fn numbers(value: &str, least: u16, most: u16) -> bool {
    value.split(',').count() <= 366
        && value.split(',').all(|number| {
            let digits = number.trim_start_matches(['+', '-']);
            number.len() - digits.len() <= 1 && digits.parse().is_ok_and(|number: u16| (least..=most).contains(&number))
        })
}

fn is_weekday(value: &str) -> bool {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].contains(&value)
}

fn is_day(value: &str) -> bool {
    value.len() >= 2
        && value.is_ascii()
        && is_weekday(&value[value.len() - 2..])
        && (value.len() == 2 || numbers(&value[..value.len() - 2], 1, 53))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn days(rule: &str, most: usize) -> Vec<String> {
        let first = date(2026, 3, 14).at(18, 0, 0, 0);
        let until = date(2027, 1, 1).at(0, 0, 0, 0);
        Rule::read(rule)
            .unwrap()
            .times(first, until, most)
            .iter()
            .map(|at| at.strftime("%m-%d %H").to_string())
            .collect()
    }

    #[test]
    fn rules_are_counted_on_the_clock_of_the_wall() {
        assert_eq!(days("FREQ=WEEKLY;COUNT=3", 99), ["03-14 18", "03-21 18", "03-28 18"]);
        assert_eq!(days("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=3", 99), ["03-14 18", "03-15 18", "03-21 18"]);
        assert_eq!(days("FREQ=MONTHLY;BYDAY=-1SU;COUNT=2", 99), ["03-14 18", "03-29 18"], "the first one counts");
        assert_eq!(days("FREQ=DAILY", 4).len(), 4);
    }

    #[test]
    fn rules_that_no_programme_has_are_refused() {
        for rule in [
            "",
            "FREQ=SECONDLY",
            "FREQ=HOURLY;COUNT=3",
            "FREQ=WEEKLY;COUNT=0",
            "FREQ=WEEKLY;COUNT=99999",
            "COUNT=3",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;FREQ=DAILY",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ",
            "FREQ=YEARLY;BYMONTH=13",
            "FREQ=WEEKLY;BYDAY=ÄMO",
        ] {
            assert_eq!(Rule::read(rule), None, "{rule}");
        }
    }
}
