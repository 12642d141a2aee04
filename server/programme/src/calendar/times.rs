//! When an event is: whole days, or from a time until another.

use domain::time::{DAY, Millis};
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use super::{
    components::Property,
    values::{Length, Value},
};
use crate::{
    field::Field,
    finding::{Finding, What},
    moments::zone::{Instant, Zone},
};

/// When an event is.
pub(super) enum Times {
    /// whole days, from the first to the last
    AllDay(Date, Date),
    /// from a time on
    Timed {
        /// when it begins
        start: Start,
        /// when it ends
        end: End,
    },
}

/// The beginning of an event.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub(super) at: Millis,
    pub(super) wall: DateTime,
    pub(super) zone: Zone,
}

/// The end of an event.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// none that could be taken
    None,
    /// so long after the beginning, in milliseconds
    After(Millis),
    /// days of the calendar, and exact seconds, after the beginning
    Length(Length),
}

/// When an event ends.
pub(super) fn ends_at(start: &Start, end: End) -> Option<Millis> {
    match end {
        End::None => None,
        End::After(after) => Some(start.at + after),
        End::Length(length) => {
            let exact = start.at + length.seconds * 1_000;
            if length.days == 0 {
                return Some(exact);
            }
            // Days are those of the calendar, whatever the clocks do; hours are exact.
            let wall = length.days_after(start.wall)?;
            let at = match start.zone.instant(wall) {
                Instant::Once(at) | Instant::Twice(at, _) => at,
                Instant::Never => start.at + length.days * DAY,
            };
            Some(at + length.seconds * 1_000)
        }
    }
}

/// The last day of one that ends at midnight.
pub(super) fn last_day(first: Date, end: DateTime) -> Date {
    end.checked_sub(1.second()).map_or(first, DateTime::date).max(first)
}

/// Whole days: the end is the day after the last one.
pub(super) fn whole_days(
    first: Date,
    from: &Property,
    until: Option<&Property>,
    length: Option<(Length, &Property)>,
) -> Result<Times, Finding> {
    let last = match (until, length) {
        (Some(until), _) => match Value::read(&until.value).ok_or_else(|| unreadable(until))? {
            Value::Day(end) if end < first => {
                return Err(What::EndBeforeStart(until.value.clone()).at(until.line, None));
            }
            Value::Day(end) => end.yesterday().unwrap_or(first).max(first),
            Value::Utc(_) | Value::Local(_) => {
                return Err(What::DayAndTime(from.value.clone(), until.value.clone(), until.line).at(from.line, None));
            }
        },
        (None, Some((length, duration))) if length.days < 0 || length.seconds < 0 => {
            return Err(What::EndBeforeStart(duration.value.clone()).at(duration.line, None));
        }
        (None, Some((length, _))) => {
            let last = i32::try_from(length.days - 1).ok().and_then(|days| first.checked_add(days.days()).ok());
            last.unwrap_or(first).max(first)
        }
        (None, None) => first,
    };
    Ok(Times::AllDay(first, last))
}

pub(super) fn unreadable(property: &Property) -> Finding {
    let what = match property.name.as_str() {
        "DTEND" | "DURATION" => Field::End,
        _ => Field::Start,
    };
    What::Unreadable(what, property.value.clone()).at(property.line, None)
}
