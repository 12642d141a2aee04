//! Files as people send them, and what must be read in them. A file is a kind of trap.

#![expect(clippy::unwrap_used, reason = "a test that finds something wrong fails at once")]

mod calendars;
mod cases;
mod counts;
mod hostile;
mod programmes;
mod tables;

use domain::time::Millis;
use jiff::{Timestamp, civil::date, tz::TimeZone};
use programme::{
    Options, Reading,
    comparison::{Answers, Comparison, KnownEvent},
    finding::{Finding, Weight, What},
    read,
    row::Row,
    venues::KnownVenue,
};

/// The tent and the concert hall, both in Helsinki's time.
fn venues() -> Vec<KnownVenue> {
    let venue = |code: &str, name: &str| KnownVenue {
        code: code.to_owned(),
        name: name.to_owned(),
        zone: TimeZone::get("Europe/Helsinki").unwrap(),
        usual_minutes: None,
    };
    vec![venue("TEL", "Teltta"), venue("SALI", "Konserttisali")]
}

fn options() -> Options {
    Options { today: date(2026, 8, 1), ..Options::default() }
}

fn read_here(bytes: impl AsRef<[u8]>) -> Reading {
    read(bytes.as_ref(), &venues(), &options())
}

fn time(at: Option<Millis>) -> String {
    at.map_or_else(|| "-".to_owned(), |at| Timestamp::from_millisecond(at).unwrap().strftime("%F %H:%M").to_string())
}

/// An event in one line: id, title, venue, start, end, how many.
fn line(row: &Row) -> String {
    let venue = row.venue.map_or("-", |venue| ["Teltta", "Konserttisali"][venue]);
    let people = row.attendance.map_or_else(|| "-".to_owned(), |people| people.to_string());
    let id = row.external_id.as_deref().unwrap_or("-");
    let title = row.title.as_deref().unwrap_or("-");
    format!("{id}|{title}|{venue}|{}|{}|{people}", time(row.starts_at), time(row.ends_at))
}

fn lines(reading: &Reading) -> Vec<String> {
    reading.rows.iter().map(line).collect()
}

/// What weighs so much, with its place.
fn found(rows: &[Row], weight: Weight) -> Vec<(Option<u32>, Option<u32>, What)> {
    let place = |finding: &Finding| (finding.line, finding.column, finding.what.clone());
    rows.iter().flat_map(|row| &row.findings).filter(|finding| finding.what.weight() == weight).map(place).collect()
}

fn errors(reading: &Reading) -> Vec<(u32, Option<u32>, What)> {
    let all = found(&reading.rows, Weight::Error);
    all.into_iter().map(|(line, column, what)| (line.unwrap(), column, what)).collect()
}

/// What is there once the sound rows of a comparison have been taken.
fn taken(comparison: &Comparison, known: &[KnownEvent]) -> Vec<KnownEvent> {
    let mut events = known.to_vec();
    for one in comparison.rows.iter().filter(|one| one.status.is_change()) {
        let row = &one.row;
        let before = one.event.map(|at| events[at].clone());
        let event = KnownEvent {
            external_id: row.external_id.clone(),
            titles: vec![row.title.clone().unwrap()],
            venue: row.venue.unwrap(),
            starts_at: row.starts_at.unwrap(),
            ends_at: row.ends_at.unwrap(),
            attendance: row.attendance.or(before.as_ref().and_then(|before| before.attendance)),
            attendance_kind: row.attendance_kind,
            cancelled: row.cancelled.unwrap_or(before.is_some_and(|before| before.cancelled)),
        };
        match one.event {
            Some(at) => events[at] = event,
            None => events.push(event),
        }
    }
    events
}

fn compare_here(reading: Reading, known: &[KnownEvent]) -> Comparison {
    programme::compare(reading.rows, known, &venues(), Answers::default())
}
