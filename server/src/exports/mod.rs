//! The programme as files that others read, and that can be imported again.
//!
//! - [`delimited`]: CSV; [`workbook`]: XLSX; [`calendar`]: iCalendar.
//!
//! What does not belong here: who may have them, and what is in a file that comes in (`programme`).

pub mod calendar;
pub mod delimited;
pub mod workbook;

use domain::{attendance::AttendanceKind, event::Venue, lang::Reader};
use jiff::{Timestamp, tz::AmbiguousOffset};
use store::imports::{ImportedEvent, WholeProgramme};

use crate::local_time::zone;

/// The heads of a table, as an import knows them.
pub(crate) const HEADS: [&str; 11] =
    ["id", "title", "venue", "start", "end", "time zone", "sold", "counted", "estimated", "attendance", "status"];

/// One event, as it stands in a file.
#[derive(Clone, Debug)]
pub struct Exported<'a> {
    /// the event
    pub one: &'a ImportedEvent,
    /// where it is
    pub venue: &'a Venue,
    /// what it is called
    pub title: String,
}

/// The events of a programme, by start, in the words of a reader.
#[must_use]
pub fn exported(programme: &WholeProgramme, reader: Reader) -> Vec<Exported<'_>> {
    let exported = |one| {
        let one: &ImportedEvent = one;
        let venue = programme.venues.iter().find(|venue| venue.id == one.event.venue)?;
        Some(Exported { one, venue, title: reader.words(&one.event.title).text.to_owned() })
    };
    programme.events.iter().filter_map(exported).collect()
}

impl Exported<'_> {
    /// The cells below [`HEADS`].
    pub(crate) fn cells(&self) -> [String; 11] {
        let event = &self.one.event;
        let people = event.attendance.map(|people| people.to_string()).unwrap_or_default();
        let of_kind = |kind| if self.one.attendance_kind == kind { people.clone() } else { String::new() };
        let status = if self.one.cancelled { "cancelled" } else { "confirmed" };
        [
            self.one.external_id.clone().unwrap_or_default(),
            self.title.clone(),
            self.venue.name.clone(),
            self.on_the_clock(event.starts_at),
            self.on_the_clock(event.ends_at),
            self.venue.time_zone.clone(),
            of_kind(Some(AttendanceKind::Sold)),
            of_kind(Some(AttendanceKind::Counted)),
            of_kind(Some(AttendanceKind::Estimated)),
            of_kind(None),
            status.to_owned(),
        ]
    }

    /// By the clock of the venue; where that shows a time twice, with what tells the two apart.
    fn on_the_clock(&self, at: domain::time::Millis) -> String {
        let zone = zone(&self.venue.time_zone);
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone());
        let is_twice = matches!(zone.to_ambiguous_zoned(at.datetime()).offset(), AmbiguousOffset::Fold { .. });
        at.strftime(if is_twice { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%d %H:%M" }).to_string()
    }
}
