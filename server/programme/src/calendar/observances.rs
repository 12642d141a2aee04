//! A zone as its sender defines it: VTIMEZONE, with the days on which its clocks change.

use jiff::{
    civil::{DateTime, date},
    tz::Offset,
};

use super::{components::Component, rules::Rule, values::Value};
use crate::moments::zone::Changes;

/// From here on changes are counted out: no programme is older.
const FROM: i16 = 1970;
/// Until here: no programme is newer.
const UNTIL: i16 = 2100;

/// When the clocks change; `None` where the definition says nothing.
pub(super) fn changes(zone: &Component) -> Option<Changes> {
    let mut changes: Vec<(i64, i32)> = Vec::new();
    let mut first: Option<(i64, i32)> = None;
    for observance in zone.children.iter().filter(|child| matches!(child.kind.as_str(), "STANDARD" | "DAYLIGHT")) {
        let offset = |name: &str| observance.property(name).and_then(|property| seconds(&property.value));
        let (before, after) = (offset("TZOFFSETFROM")?, offset("TZOFFSETTO")?);
        for onset in onsets(observance, before) {
            let at = Offset::from_seconds(before).ok()?.to_timestamp(onset).ok()?.as_second();
            changes.push((at, after));
            if first.is_none_or(|(earliest, _)| at < earliest) {
                first = Some((at, before));
            }
        }
    }
    changes.sort_unstable();
    Some(Changes { before: first?.1, changes })
}

/// The times on the wall at which one kind of change happens.
fn onsets(observance: &Component, before: i32) -> Vec<DateTime> {
    let Some(Value::Local(begins) | Value::Utc(begins)) =
        observance.property("DTSTART").and_then(|property| Value::read(&property.value))
    else {
        return Vec::new();
    };
    let mut onsets = vec![begins];
    for dates in observance.all("RDATE") {
        let values = dates.value.split(',').filter_map(Value::read);
        onsets.extend(values.filter_map(|value| match value {
            Value::Local(at) => Some(at),
            Value::Utc(at) => wall(at, before),
            Value::Day(day) => Some(day.to_datetime(begins.time())),
        }));
    }
    if let Some(rule) = observance.property("RRULE").and_then(|property| Rule::read(&property.value)) {
        let until = match rule.until {
            Some(Value::Utc(at)) => wall(at, before),
            Some(Value::Local(at)) => Some(at),
            Some(Value::Day(day)) => Some(day.at(23, 59, 59, 0)),
            None => None,
        };
        let until = until.unwrap_or(date(UNTIL, 1, 1).at(0, 0, 0, 0));
        // Outlook begins in 1601; what is far away in the past need not be counted out.
        let from = if begins.year() < FROM && rule.count.is_none() {
            begins.with().year(FROM).build().unwrap_or(begins)
        } else {
            begins
        };
        let times = rule.times(from, until, 2 * usize::from(UNTIL.unsigned_abs() - FROM.unsigned_abs()));
        // The moved beginning is a change only where the rule has it.
        onsets.extend(times.into_iter().filter(|at| *at != from || from == begins));
    }
    onsets
}

fn wall(utc: DateTime, offset: i32) -> Option<DateTime> {
    let at = Offset::UTC.to_timestamp(utc).ok()?;
    Some(Offset::from_seconds(offset).ok()?.to_datetime(at))
}

/// `+0200`, `-0330`, `+023000`: seconds ahead of UTC.
fn seconds(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits.get(range).map_or(Some(0), |part| part.parse::<i32>().ok());
    let total = part(0..2)? * 3_600 + part(2..4)? * 60 + part(4..6)?;
    (total <= 18 * 3_600).then_some(sign * total)
}
