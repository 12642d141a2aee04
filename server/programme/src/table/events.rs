//! From the rows of a table to events. Every row that holds something is an event, refused or not, or is said to be none.

use domain::{attendance::AttendanceKind, time::MINUTE};
use jiff::civil::{Date, DateTime};

use super::{
    Table, TableRow,
    columns::Columns,
    moment::{Gathered, MomentReader, Wrong, end_of, next_day, on},
};
use crate::{
    calendar::zones::by_name,
    field::Field,
    finding::{Finding, What},
    folded::{folded, is_unprintable, one_line},
    moments::{
        duration,
        order::Order,
        zone::{Instant, Zone},
    },
    numbers::people,
    options::{Options, Reading},
    row::{LONGEST_TITLE, OfKnown, Row},
    venues::{KnownVenue, Named, named},
};

/// A show may end after midnight, but it is no longer than this: what would be is an end before its start.
const LONGEST_NIGHT_HOURS: i64 = 16;

/// Reads the events of a table.
#[must_use]
pub fn read(table: &Table, venues: &[KnownVenue], options: &Options) -> Reading {
    let mut reading = Reading { findings: table.findings.clone(), ..Reading::default() };
    let (columns, head) = match Columns::find(&table.rows, &options.mappings) {
        Ok(found) => found,
        Err(what) => {
            let (columns, head) = Columns::unknown(&table.rows);
            reading.columns = columns.listed(table.rows.get(head + 1..).unwrap_or_default());
            reading.findings.push(Finding { line: table.rows.first().map(|row| row.line), column: None, what });
            return reading;
        }
    };
    let (above, below) = (&table.rows[..head], &table.rows[columns.first_event(head)..]);
    reading.columns = columns.listed(below);
    reading.findings.extend(columns.findings(table.rows[head].line, &options.mappings));
    reading.findings.extend(above.iter().filter(|row| !row.is_empty()).map(no_event));
    let mut moments = MomentReader { table, columns: &columns, order: options.order };
    if options.order == Order::Unknown {
        moments.order = below.iter().fold(Order::Unknown, |order, row| order.and(moments.order_in(row)));
    }
    let reader = RowReader { columns: &columns, moments, venues, options };
    for row in below {
        if row.is_empty() {
            reading.findings.push(What::EmptyRow.at(row.line, None));
        } else if columns.is_repeated_by(row) {
            reading.findings.push(no_event(row));
        } else {
            reading.rows.push(reader.row(row));
        }
    }
    reading
}

/// Without the apostrophe by which a table says that a text is no formula.
fn unquoted(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

fn no_event(row: &TableRow) -> Finding {
    What::NoEvent(one_line(&row.cells.join(" "))).at(row.line, None)
}

struct RowReader<'a> {
    columns: &'a Columns,
    moments: MomentReader<'a>,
    venues: &'a [KnownVenue],
    options: &'a Options,
}

impl RowReader<'_> {
    fn row(&self, from: &TableRow) -> Row {
        let mut row = Row { line: from.line, ..Row::default() };
        row.external_id = self.text(from, Field::Id, &mut row.findings).filter(|id| !id.is_empty());
        if self.columns.only_count() {
            return self.count(from, row);
        }
        row.title = self.text(from, Field::Title, &mut row.findings).filter(|title| !title.is_empty());
        let title_column = self.columns.with(Field::Title).next();
        match &row.title {
            None => note(&mut row.findings, from, title_column, What::NoTitle),
            Some(title) if title.chars().count() > LONGEST_TITLE => {
                note(&mut row.findings, from, title_column, What::TitleTooLong(title.clone()));
            }
            Some(_) => {}
        }
        self.venue(from, &mut row);
        if let Err((what, place)) = self.times(from, &mut row) {
            note(&mut row.findings, from, Some(place), what);
        }
        self.attendance(from, &mut row);
        self.status(from, &mut row);
        let extra = (self.columns.len()..from.cells.len()).find(|place| !from.cell(*place).is_empty());
        if let Some(place) = extra {
            note(&mut row.findings, from, Some(place), What::TooManyCells(one_line(from.cell(place))));
        }
        row
    }

    /// A row of a table without titles: how many were at an event that is there, by its id or by day and venue.
    fn count(&self, from: &TableRow, mut row: Row) -> Row {
        if self.columns.with(Field::Venue).any(|place| !from.cell(place).is_empty()) {
            self.venue(from, &mut row);
        } else {
            row.venue = self.options.venue_of(self.venues);
        }
        match self.day_and_start(from, &mut row) {
            Ok(day) => row.of_known = Some(OfKnown { day }),
            Err((what, place)) => {
                row.of_known = Some(OfKnown::default());
                note(&mut row.findings, from, Some(place), what);
            }
        }
        self.attendance(from, &mut row);
        row
    }

    /// On which day an event begins, and when, as far as a table says it that only counts.
    fn day_and_start(&self, from: &TableRow, row: &mut Row) -> Result<Option<Date>, Wrong> {
        let start = self.moments.gather(from, [Field::Day, Field::Start])?;
        let date = self.moments.date(from, &start)?;
        row.findings.extend(start.notes(from, date));
        if let (Some(date), Some((clock, place))) = (date, start.time) {
            let no_such_day = || (What::NoSuchDay(from.cell(place).to_owned()), place);
            let at = on(date, clock).ok_or_else(no_such_day)?;
            match start.instant(at, self.zone(from, row.venue)?.as_ref()) {
                Some(Instant::Never) => return Err((What::SkippedTime(from.cell(place).to_owned()), place)),
                Some(Instant::Once(at) | Instant::Twice(at, _)) => row.starts_at = Some(at),
                None => {}
            }
        }
        Ok(date)
    }

    /// What the columns of a field say: the first cell that is not empty; another one that says something else is told.
    fn cell<'r>(&self, from: &'r TableRow, field: Field) -> Option<(&'r str, usize, Option<usize>)> {
        let mut filled = self.columns.with(field).filter(|place| !from.cell(*place).is_empty());
        let first = filled.next()?;
        let other = filled.find(|place| one_line(from.cell(*place)) != one_line(from.cell(first)));
        Some((from.cell(first), first, other))
    }

    fn text(&self, from: &TableRow, field: Field, findings: &mut Vec<Finding>) -> Option<String> {
        let (text, place, other) = self.cell(from, field)?;
        if is_unprintable(text) {
            let shown = text.chars().filter(|c| !c.is_control()).collect();
            note(findings, from, Some(place), What::ControlCharacter(shown));
            return None;
        }
        if let Some(other) = other {
            let what = What::Contradiction(field, one_line(text), one_line(from.cell(other)));
            note(findings, from, Some(other), what);
        }
        Some(one_line(unquoted(text)))
    }

    fn venue(&self, from: &TableRow, row: &mut Row) {
        let filled: Vec<usize> =
            self.columns.with(Field::Venue).filter(|place| !from.cell(*place).is_empty()).collect();
        let Some(first) = filled.first().copied() else {
            row.venue = self.options.venue_of(self.venues);
            if row.venue.is_none() {
                note(&mut row.findings, from, self.columns.with(Field::Venue).next(), What::NoVenue);
            }
            return;
        };
        // Where a town and a hall stand in two columns, the one that is a venue says where.
        let mut known: Vec<(usize, usize)> = filled
            .iter()
            .filter_map(|place| match named(from.cell(*place), self.venues) {
                Named::Known(venue) => Some((venue, *place)),
                _ => None,
            })
            .collect();
        known.dedup_by_key(|(venue, _)| *venue);
        match known[..] {
            [(venue, _)] => row.venue = Some(venue),
            [(_, one), (_, other), ..] => {
                let (one, there) = (one_line(from.cell(one)), one_line(from.cell(other)));
                note(&mut row.findings, from, Some(other), What::Contradiction(Field::Venue, one, there));
            }
            [] => {
                let text = one_line(from.cell(first));
                let near = match named(&text, self.venues) {
                    Named::Resembles(venue) => Some(self.venues[venue].name.clone()),
                    _ => None,
                };
                note(&mut row.findings, from, Some(first), What::UnknownVenue(text, near));
            }
        }
    }

    /// The zone in which the times of a row are written.
    fn zone(&self, from: &TableRow, venue: Option<usize>) -> Result<Option<Zone>, Wrong> {
        if let Some((text, place, _)) = self.cell(from, Field::Zone) {
            return by_name(text).map(Some).ok_or_else(|| (What::UnknownZone(text.to_owned()), place));
        }
        let zones = || self.venues.iter().map(|venue| &venue.zone);
        let of_venue = venue.map(|venue| &self.venues[venue].zone);
        // Where all venues have the same zone it does not matter which one was meant.
        let any = || zones().next().filter(|first| zones().all(|zone| zone == *first));
        Ok(of_venue.or_else(any).cloned().map(Zone::Named))
    }

    fn times(&self, from: &TableRow, row: &mut Row) -> Result<(), Wrong> {
        let start_column = [Field::Start, Field::Day].into_iter().find_map(|field| self.columns.with(field).next());
        let start = self.moments.gather(from, [Field::Day, Field::Start])?;
        let date = self.moments.date(from, &start)?;
        row.findings.extend(start.notes(from, date));
        let (date, clock, place) = match (date, start.time) {
            (Some(date), Some((clock, place))) => (date, clock, place),
            (None, None) => return Err((What::NoStart, start_column.unwrap_or(0))),
            (None, Some((_, place))) => return Err((What::NoDay(from.cell(place).to_owned()), place)),
            (Some(_), None) => {
                let day = start.day.map_or(0, |(_, place)| place);
                let empty = self.columns.with(Field::Start).find(|place| from.cell(*place).is_empty());
                return Err((What::NoTime(from.cell(day).to_owned()), empty.unwrap_or(day)));
            }
        };
        let zone = self.zone(from, row.venue)?;
        let no_such_day = || (What::NoSuchDay(from.cell(place).to_owned()), place);
        let at = on(date, clock).ok_or_else(no_such_day)?;
        match start.instant(at, zone.as_ref()) {
            None => return Ok(()),
            Some(Instant::Never) => return Err((What::SkippedTime(from.cell(place).to_owned()), place)),
            Some(Instant::Twice(first, _)) => {
                note(&mut row.findings, from, Some(place), What::DoubledTime(from.cell(place).to_owned()));
                row.starts_at = Some(first);
            }
            Some(Instant::Once(once)) => row.starts_at = Some(once),
        }
        self.end(from, row, &start, at, zone.as_ref())
    }

    fn end(
        &self,
        from: &TableRow,
        row: &mut Row,
        start: &Gathered,
        begins: DateTime,
        zone: Option<&Zone>,
    ) -> Result<(), Wrong> {
        let Some(starts_at) = row.starts_at else { return Ok(()) };
        let mut end = self.moments.gather(from, [Field::EndDay, Field::End])?;
        if let (None, Some((until, place))) = (end.time, start.until) {
            end = Gathered::of_span(until, place);
        }
        let Some((clock, place)) = end.time else {
            if let Some((text, place, _)) = self.cell(from, Field::Duration) {
                let minutes = duration::minutes(text)
                    .filter(|minutes| *minutes > 0)
                    .ok_or_else(|| (What::Unreadable(Field::Duration, text.to_owned()), place))?;
                row.ends_at = Some(starts_at + i64::from(minutes) * MINUTE);
            } else {
                let column = [Field::End, Field::Start, Field::Day]
                    .into_iter()
                    .find_map(|field| self.columns.with(field).next());
                note(&mut row.findings, from, column, What::NoEnd);
            }
            return Ok(());
        };
        let text = from.cell(place).to_owned();
        let own_day = self.moments.date(from, &end)?;
        row.findings.extend(end.notes(from, own_day));
        let mut at =
            on(own_day.unwrap_or(begins.date()), clock).ok_or_else(|| (What::NoSuchDay(text.clone()), place))?;
        if own_day.is_none() && at < begins {
            at = next_day(at).ok_or_else(|| (What::NoSuchDay(text.clone()), place))?;
            if at.duration_since(begins).as_hours() >= LONGEST_NIGHT_HOURS {
                return Err((What::EndBeforeStart(text), place));
            }
        }
        let Some(ends_at) = end.instant(at, zone).and_then(|instant| end_of(instant, starts_at)) else {
            return Err((What::SkippedTime(text), place));
        };
        match ends_at.cmp(&starts_at) {
            std::cmp::Ordering::Less => Err((What::EndBeforeStart(text), place)),
            std::cmp::Ordering::Equal => {
                note(&mut row.findings, from, Some(place), What::EndIsStart(text));
                Ok(())
            }
            std::cmp::Ordering::Greater => {
                row.ends_at = Some(ends_at);
                Ok(())
            }
        }
    }

    fn attendance(&self, from: &TableRow, row: &mut Row) {
        let kinds = [
            (Field::Counted, Some(AttendanceKind::Counted)),
            (Field::Sold, Some(AttendanceKind::Sold)),
            (Field::Attendance, None),
            (Field::Estimated, Some(AttendanceKind::Estimated)),
        ];
        for (field, kind) in kinds {
            let Some((text, place, _)) = self.cell(from, field).filter(|(text, ..)| !matches!(*text, "-" | "–" | "—"))
            else {
                continue;
            };
            match people(text) {
                Some(number) if row.attendance.is_none() => {
                    row.attendance = Some(number);
                    row.attendance_kind = kind;
                }
                Some(_) => {}
                None => note(&mut row.findings, from, Some(place), What::Unreadable(field, one_line(text))),
            }
        }
    }

    fn status(&self, from: &TableRow, row: &mut Row) {
        if self.columns.has(Field::Cancelled) || self.columns.has(Field::Status) {
            row.cancelled = Some(false);
        }
        if let Some((text, place, _)) = self.cell(from, Field::Cancelled) {
            match folded(text).as_str() {
                "x" | "1" | "true" | "yes" | "y" | "kylla" | "k" | "ja" | "on" | "tosi" | "sant" => {
                    row.cancelled = Some(true);
                }
                "0" | "false" | "no" | "n" | "ei" | "nej" | "epatosi" | "falskt" | "" => {}
                word if is_cancelled(word) => row.cancelled = Some(true),
                _ => note(&mut row.findings, from, Some(place), What::Unreadable(Field::Cancelled, one_line(text))),
            }
        }
        if let Some((text, place, _)) = self.cell(from, Field::Status) {
            let word = folded(text);
            if is_cancelled(&word) {
                row.cancelled = Some(true);
            } else if !TAKES_PLACE.contains(&word.as_str()) {
                note(&mut row.findings, from, Some(place), What::UnknownStatus(one_line(text)));
            }
        }
    }
}

const TAKES_PLACE: [&str; 22] = [
    "ok",
    "confirmed",
    "vahvistettu",
    "bekraftad",
    "active",
    "aktiivinen",
    "aktiv",
    "scheduled",
    "onsale",
    "myynnissa",
    "tillsalu",
    "published",
    "julkaistu",
    "publicerad",
    "valmis",
    "klar",
    "open",
    "auki",
    "oppen",
    "soldout",
    "loppuunmyyty",
    "slutsald",
];

fn is_cancelled(word: &str) -> bool {
    const BEGIN: [&str; 8] =
        ["peruttu", "peruutettu", "perutaan", "peruuntu", "cancel", "installd", "installt", "avlyst"];
    BEGIN.iter().any(|begins| word.starts_with(begins))
}

fn note(findings: &mut Vec<Finding>, from: &TableRow, place: Option<usize>, what: What) {
    findings.push(what.at(from.line, place.and_then(|place| u32::try_from(place + 1).ok())));
}
