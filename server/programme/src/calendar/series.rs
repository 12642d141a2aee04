//! Events that repeat: each time is an event of its own, called after the series and its time.

use jiff::{ToSpan, civil::DateTime};

use super::{
    components::Component,
    events::{EventReader, any_zone, id_of},
    rules::{MOST, Rule},
    times::{End, Start, Times, ends_at},
    values::Value,
};
use crate::{
    finding::{Finding, What},
    moments::zone::{Instant, Zone},
    row::Row,
};

/// What repeats without an end is read until so many years after today.
const YEARS: i16 = 2;

/// One series.
pub(super) struct Series<'a> {
    pub(super) reader: &'a EventReader<'a>,
    pub(super) event: &'a Component,
    /// times of it that the sender has changed
    pub(super) changed: Vec<&'a Component>,
}

impl Series<'_> {
    /// Its events.
    pub(super) fn rows(mut self) -> Vec<Row> {
        let mut head = self.reader.head(self.event);
        let times = self.reader.times(self.event, &mut head);
        let mut rows = match times {
            Ok(Times::AllDay(first, last)) => {
                let line = self.event.property("DTSTART").map_or(self.event.line, |from| from.line);
                head.findings.push(What::AllDay(first, last).at(line, None));
                vec![head]
            }
            Ok(Times::Timed { start, end }) => match self.walls(&start) {
                Ok((walls, notes)) => {
                    head.findings.extend(notes);
                    self.each(&head, &start, end, walls)
                }
                Err(finding) => {
                    head.findings.push(finding);
                    vec![head]
                }
            },
            Err(finding) => {
                head.findings.push(finding);
                vec![head]
            }
        };
        rows.extend(self.changed.iter().map(|event| self.reader.changed_row(event)));
        rows
    }

    /// The times on the wall, and what is to be noted about them.
    fn walls(&self, start: &Start) -> Result<(Vec<DateTime>, Vec<Finding>), Finding> {
        let mut walls = vec![start.wall];
        let mut notes = Vec::new();
        for property in self.event.all("RRULE") {
            let refused = || What::UnreadableRule(property.value.clone()).at(property.line, None);
            let rule = Rule::read(&property.value).ok_or_else(refused)?;
            let until = match rule.until {
                Some(Value::Day(day)) => Some(day.at(23, 59, 59, 0)),
                Some(Value::Local(at)) => Some(at),
                Some(Value::Utc(at)) => wall(at, &start.zone),
                None => None,
            };
            let horizon = start.wall.date().max(self.reader.options.today).saturating_add(i32::from(YEARS).years());
            let until = match (until, rule.count) {
                (Some(until), _) => until,
                (None, Some(_)) => DateTime::MAX,
                (None, None) => {
                    notes.push(What::Endless(horizon).at(property.line, None));
                    horizon.at(23, 59, 59, 0)
                }
            };
            let times = rule.times(start.wall, until, MOST + 1);
            if times.len() > MOST {
                return Err(refused());
            }
            walls.extend(times);
        }
        for property in self.event.all("RDATE") {
            for text in property.value.split(',') {
                // A period says when it ends, too; the length of the series is the same for all.
                let text = text.split('/').next().unwrap_or(text);
                match Value::read(text) {
                    Some(Value::Local(at)) => walls.push(at),
                    Some(Value::Utc(at)) => walls.extend(wall(at, &start.zone)),
                    Some(Value::Day(day)) => walls.push(day.to_datetime(start.wall.time())),
                    None => return Err(What::UnreadableRule(property.value.clone()).at(property.line, None)),
                }
            }
        }
        walls.sort_unstable();
        walls.dedup();
        let mut left_out: Vec<(Value, Option<Zone>)> = Vec::new();
        for property in self.event.all("EXDATE") {
            for text in property.value.split(',') {
                let value = Value::read(text)
                    .ok_or_else(|| What::UnreadableRule(property.value.clone()).at(property.line, None))?;
                left_out.push((value, any_zone(property)));
            }
        }
        walls.retain(|at| !left_out.iter().any(|(value, zone)| is_at(*at, &start.zone, *value, zone.as_ref())));
        Ok((walls, notes))
    }

    /// A row for each time.
    fn each(&mut self, head: &Row, first: &Start, end: End, walls: Vec<DateTime>) -> Vec<Row> {
        let line = self.event.property("DTSTART").map_or(self.event.line, |from| from.line);
        let mut rows = Vec::with_capacity(walls.len());
        for (place, wall) in walls.into_iter().enumerate() {
            let mut row = head.clone();
            // What is to be noted about the series is noted once.
            if place > 0 {
                row.findings.retain(|finding| !matches!(finding.what, What::Endless(_) | What::DoubledTime(_)));
            }
            let at = match first.zone.instant(wall) {
                Instant::Once(at) | Instant::Twice(at, _) => at,
                Instant::Never => {
                    row.findings.push(What::SkippedTime(wall.strftime("%Y%m%dT%H%M%S").to_string()).at(line, None));
                    rows.push(row);
                    continue;
                }
            };
            if let Some(changed) = self.changed_at(at, wall, &row) {
                let event = self.changed.remove(changed);
                let mut changed = self.reader.changed_row(event);
                changed.external_id =
                    changed.external_id.map(|_| id_of(head.external_id.as_deref().unwrap_or_default(), at));
                rows.push(changed);
                continue;
            }
            row.external_id = row.external_id.map(|uid| id_of(&uid, at));
            row.starts_at = Some(at);
            row.ends_at = ends_at(&Start { at, wall, zone: first.zone.clone() }, end);
            rows.push(row);
        }
        rows
    }

    /// The place of the change of a time, in the list of changes.
    fn changed_at(&self, at: i64, wall: DateTime, row: &Row) -> Option<usize> {
        self.changed.iter().position(|event| {
            event.property("RECURRENCE-ID").is_some_and(|property| match Value::read(&property.value) {
                Some(Value::Day(day)) => day == wall.date(),
                Some(_) => matches!(self.reader.instant(property, row.venue, &mut Vec::new()), Ok(Some(start)) if start.at == at),
                None => false,
            })
        })
    }
}

/// Whether a time on the wall is what a value says.
fn is_at(at: DateTime, zone: &Zone, value: Value, of_value: Option<&Zone>) -> bool {
    match value {
        Value::Day(day) => day == at.date(),
        Value::Utc(utc) => wall(utc, zone) == Some(at),
        Value::Local(local) => match of_value {
            Some(other) => other.instant(local) == zone.instant(at) || local == at,
            None => local == at,
        },
    }
}

/// What the clock on the wall shows at a time of UTC.
fn wall(utc: DateTime, zone: &Zone) -> Option<DateTime> {
    let at = jiff::tz::Offset::UTC.to_timestamp(utc).ok()?;
    zone.wall(at.as_millisecond())
}
