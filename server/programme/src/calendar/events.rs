//! From the components of a calendar to events. Every VEVENT is an event, refused or not.

use std::collections::HashMap;

use domain::time::Millis;
use jiff::tz::TimeZone;

use super::{
    components::{Component, Property, components},
    lines::Lines,
    series::Series,
    times::{End, Start, Times, ends_at, last_day, unreadable, whole_days},
    values::{Length, Value},
    zones::{Zones, by_name},
};
use crate::{
    finding::{Finding, What},
    folded::{is_unprintable, one_line},
    moments::zone::{Instant, Zone},
    options::{Options, Reading},
    row::{LONGEST_TITLE, Row},
    venues::{KnownVenue, Named, named},
};

/// Reads the events of a calendar.
#[must_use]
pub fn read(lines: &Lines, venues: &[KnownVenue], options: &Options) -> Reading {
    let (root, findings) = components(&lines.lines);
    let mut reading = Reading { findings, is_calendar: true, ..Reading::default() };
    reading.findings.splice(0..0, lines.guessed.map(|name| What::EncodingGuessed(name).of_file()));
    let mut calendars: Vec<&Component> = vec![&root];
    calendars.extend(root.children.iter().filter(|child| child.kind == "VCALENDAR"));
    for calendar in calendars {
        EventReader::new(&root, calendar, venues, options).read(calendar, &mut reading);
        if !calendar.is_closed {
            reading.findings.push(What::CutOff.at(calendar.line, None));
        }
    }
    if reading.rows.is_empty() && reading.findings.is_empty() {
        reading.findings.push(What::EmptyFile.of_file());
    }
    reading
}

/// Reads the events of one calendar.
pub(super) struct EventReader<'a> {
    zones: Zones,
    /// the zone of times that name none, where the calendar says so
    own_zone: Option<(String, Option<Zone>)>,
    is_cancelled: bool,
    venues: &'a [KnownVenue],
    pub(super) options: &'a Options,
}

impl<'a> EventReader<'a> {
    fn new(root: &Component, calendar: &Component, venues: &'a [KnownVenue], options: &'a Options) -> Self {
        let own =
            calendar.property("X-WR-TIMEZONE").map(|zone| zone.value.trim().to_owned()).filter(|zone| !zone.is_empty());
        let zones = Zones::of(root);
        let own_zone = own.map(|name| (name.clone(), zones.find(&name)));
        let is_cancelled =
            calendar.property("METHOD").is_some_and(|method| method.value.trim().eq_ignore_ascii_case("CANCEL"));
        Self { zones, own_zone, is_cancelled, venues, options }
    }

    fn read(&self, calendar: &Component, reading: &mut Reading) {
        let others =
            calendar.children.iter().filter(|child| ["VTODO", "VJOURNAL", "VFREEBUSY"].contains(&child.kind.as_str()));
        reading.findings.extend(others.map(|other| What::OtherComponent(other.kind.clone()).at(other.line, None)));
        let events: Vec<&Component> = calendar.children.iter().filter(|child| child.kind == "VEVENT").collect();
        let mut changed: HashMap<String, Vec<&Component>> = HashMap::new();
        for event in events.iter().filter(|event| event.property("RECURRENCE-ID").is_some()) {
            changed.entry(uid(event).unwrap_or_default()).or_default().push(event);
        }
        for event in &events {
            if event.property("RECURRENCE-ID").is_some() {
                continue;
            }
            if event.property("RRULE").is_some() || event.property("RDATE").is_some() {
                let changed = changed.remove(&uid(event).unwrap_or_default()).unwrap_or_default();
                reading.rows.extend(Series { reader: self, event, changed }.rows());
            } else {
                reading.rows.push(self.row(event));
            }
        }
        // Changed times of a series that is not in this file.
        let mut left: Vec<&Component> = changed.into_values().flatten().collect();
        left.sort_by_key(|event| event.line);
        reading.rows.extend(left.into_iter().map(|event| self.changed_row(event)));
    }

    /// One event.
    pub(super) fn row(&self, event: &Component) -> Row {
        let mut row = self.head(event);
        match self.times(event, &mut row) {
            Ok(times) => set(&times, event, &mut row),
            Err(finding) => row.findings.push(finding),
        }
        row
    }

    /// One time of a series that the sender has changed.
    pub(super) fn changed_row(&self, event: &Component) -> Row {
        let mut row = self.row(event);
        if let Some(property) = event.property("RECURRENCE-ID") {
            match self.instant(property, row.venue, &mut row.findings) {
                Ok(Some(start)) => row.external_id = row.external_id.map(|id| id_of(&id, start.at)),
                Ok(None) => row.external_id = row.external_id.map(|id| format!("{id}/{}", property.value.trim())),
                Err(finding) => row.findings.push(finding),
            }
            if property.parameter("RANGE").is_some() {
                row.findings.push(What::UnreadableRule("RANGE=THISANDFUTURE".to_owned()).at(property.line, None));
            }
        }
        row
    }

    /// Everything but the times.
    pub(super) fn head(&self, event: &Component) -> Row {
        let mut row = Row { line: event.line, external_id: uid(event), ..Row::default() };
        let findings = &mut row.findings;
        if !event.is_closed {
            findings.push(What::CutOff.at(event.line, None));
        }
        let summary = event.property("SUMMARY");
        let title = summary.map(|summary| one_line(&summary.text())).filter(|title| !title.is_empty());
        let line = summary.map_or(event.line, |summary| summary.line);
        match &title {
            None => findings.push(What::NoTitle.at(line, None)),
            Some(title) if is_unprintable(title) => {
                findings
                    .push(What::ControlCharacter(title.chars().filter(|c| !c.is_control()).collect()).at(line, None));
            }
            Some(title) if title.chars().count() > LONGEST_TITLE => {
                findings.push(What::TitleTooLong(title.clone()).at(line, None));
            }
            Some(_) => row.title = title,
        }
        self.venue(event, &mut row);
        let status = event.property("STATUS").map(|status| (status.value.trim().to_uppercase(), status.line));
        row.cancelled = match status {
            _ if self.is_cancelled => Some(true),
            Some((word, _)) if word == "CANCELLED" || word == "CANCELED" => Some(true),
            Some((word, _)) if word == "CONFIRMED" || word == "TENTATIVE" => Some(false),
            Some((word, line)) => {
                row.findings.push(What::UnknownStatus(word).at(line, None));
                None
            }
            None => None,
        };
        row
    }

    fn venue(&self, event: &Component, row: &mut Row) {
        let location = event.property("LOCATION").filter(|location| !location.value.trim().is_empty());
        let Some(location) = location else {
            row.venue = self.options.venue_of(self.venues);
            if row.venue.is_none() {
                row.findings.push(What::NoVenue.at(event.line, None));
            }
            return;
        };
        let text = location.text();
        match named(&text, self.venues) {
            Named::Known(venue) => row.venue = Some(venue),
            Named::Resembles(venue) => {
                let near = Some(self.venues[venue].name.clone());
                row.findings.push(What::UnknownVenue(one_line(&text), near).at(location.line, None));
            }
            Named::Unknown => row.findings.push(What::UnknownVenue(one_line(&text), None).at(location.line, None)),
        }
    }

    /// When an event is, with what is to be noted about it.
    pub(super) fn times(&self, event: &Component, row: &mut Row) -> Result<Times, Finding> {
        let Some(from) = event.property("DTSTART") else { return Err(What::NoStart.at(event.line, None)) };
        let until = event.property("DTEND").filter(|until| !until.value.trim().is_empty());
        let length = match event.property("DURATION").filter(|_| until.is_none()) {
            Some(duration) => match Length::read(&duration.value) {
                Some(length) => Some((length, duration)),
                None => return Err(unreadable(duration)),
            },
            None => None,
        };
        let start = match Value::read(&from.value).ok_or_else(|| unreadable(from))? {
            Value::Day(first) => return whole_days(first, from, until, length),
            Value::Utc(_) | Value::Local(_) => match self.instant(from, row.venue, &mut row.findings)? {
                Some(start) => start,
                None => return Err(What::NoVenue.at(from.line, None)),
            },
        };
        if let Some(until) = until {
            let wall = match Value::read(&until.value).ok_or_else(|| unreadable(until))? {
                Value::Day(_) => {
                    return Err(
                        What::DayAndTime(from.value.clone(), until.value.clone(), until.line).at(from.line, None)
                    );
                }
                Value::Utc(wall) | Value::Local(wall) => wall,
            };
            if is_whole_day(event) {
                return Ok(Times::AllDay(start.wall.date(), last_day(start.wall.date(), wall)));
            }
            let mut unsaid = Vec::new();
            let end = self.instant(until, row.venue, &mut unsaid)?.map_or(start.at, |end| end.at);
            let end = match end.cmp(&start.at) {
                std::cmp::Ordering::Less => return Err(What::EndBeforeStart(until.value.clone()).at(until.line, None)),
                std::cmp::Ordering::Equal => {
                    row.findings.push(What::EndIsStart(until.value.clone()).at(until.line, None));
                    End::None
                }
                std::cmp::Ordering::Greater => End::After(end - start.at),
            };
            return Ok(Times::Timed { start, end });
        }
        let end = match length {
            Some((length, duration)) if length.days < 0 || length.seconds < 0 => {
                return Err(What::EndBeforeStart(duration.value.clone()).at(duration.line, None));
            }
            Some((Length { days: 0, seconds: 0 }, duration)) => {
                row.findings.push(What::EndIsStart(duration.value.clone()).at(duration.line, None));
                End::None
            }
            Some((length, _)) => End::Length(length),
            None => {
                row.findings.push(What::NoEnd.at(from.line, None));
                End::None
            }
        };
        Ok(Times::Timed { start, end })
    }

    /// The zone in which a property is written, and whether it names one.
    fn zone(&self, property: &Property, venue: Option<usize>) -> Result<Option<(Zone, bool)>, Finding> {
        if let Some(name) = property.parameter("TZID").filter(|name| !name.trim().is_empty()) {
            let zone = self.zones.find(name).ok_or_else(|| What::UnknownZone(name.to_owned()).at(property.line, None));
            return zone.map(|zone| Some((zone, true)));
        }
        match &self.own_zone {
            Some((_, Some(zone))) => Ok(Some((zone.clone(), false))),
            Some((name, None)) => Err(What::UnknownZone(name.clone()).at(property.line, None)),
            None => Ok(self.zone_of(venue).map(|zone| (zone, true))),
        }
    }

    /// The zone of a venue; where none is known, that of all of them, where it is one.
    fn zone_of(&self, venue: Option<usize>) -> Option<Zone> {
        let zones = || self.venues.iter().map(|venue| &venue.zone);
        let any = || zones().next().filter(|first| zones().all(|zone| zone == *first));
        venue.map(|venue| &self.venues[venue].zone).or_else(any).cloned().map(Zone::Named)
    }

    /// Where a property is on the time line; `None` where its zone depends on a venue that is not known.
    pub(super) fn instant(
        &self,
        property: &Property,
        venue: Option<usize>,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Start>, Finding> {
        let (wall, zone, is_named) = match Value::read(&property.value).ok_or_else(|| unreadable(property))? {
            Value::Day(_) => return Ok(None),
            Value::Utc(wall) => (wall, Zone::Named(TimeZone::UTC), true),
            Value::Local(wall) => match self.zone(property, venue)? {
                Some((zone, is_named)) => (wall, zone, is_named),
                None => return Ok(None),
            },
        };
        let at = match zone.instant(wall) {
            Instant::Once(at) => at,
            Instant::Twice(first, _) => {
                findings.push(What::DoubledTime(property.value.clone()).at(property.line, None));
                first
            }
            Instant::Never => return Err(What::SkippedTime(property.value.clone()).at(property.line, None)),
        };
        if let (false, Some(venue), Some((name, _))) = (is_named, self.zone_of(venue), &self.own_zone)
            && venue.instant(wall) != zone.instant(wall)
        {
            findings.push(What::OtherZone(name.clone()).at(property.line, None));
        }
        Ok(Some(Start { at, wall, zone }))
    }
}

/// Puts times into a row.
fn set(times: &Times, event: &Component, row: &mut Row) {
    let line = event.property("DTSTART").map_or(event.line, |from| from.line);
    match times {
        Times::AllDay(first, last) => row.findings.push(What::AllDay(*first, *last).at(line, None)),
        Times::Timed { start, end } => {
            row.starts_at = Some(start.at);
            row.ends_at = ends_at(start, *end);
        }
    }
}

/// A zone for a day that stands alone.
pub(super) fn any_zone(property: &Property) -> Option<Zone> {
    property.parameter("TZID").and_then(by_name)
}

/// What an event is called in another file, where it is one of a series.
pub(super) fn id_of(uid: &str, at: Millis) -> String {
    let stamp = jiff::Timestamp::from_millisecond(at).map(|at| at.strftime("%Y%m%dT%H%M%SZ").to_string());
    format!("{uid}/{}", stamp.unwrap_or_default())
}

fn uid(event: &Component) -> Option<String> {
    event
        .property("UID")
        .map(|uid| uid.value.trim().to_owned())
        .filter(|uid| !uid.is_empty() && !uid.chars().any(char::is_control))
}

/// Outlook writes a whole day as one from midnight to midnight, and says so.
fn is_whole_day(event: &Component) -> bool {
    event.property("X-MICROSOFT-CDO-ALLDAYEVENT").is_some_and(|day| day.value.trim().eq_ignore_ascii_case("TRUE"))
}
