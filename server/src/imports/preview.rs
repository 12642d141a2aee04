//! A file beside what is there.

use std::collections::HashMap;

use domain::{id::VenueId, time::Millis};
use jiff::{Timestamp, tz::TimeZone};
use programme::{
    Options, compare,
    comparison::{Answers, Comparison, KnownEvent, Status},
    field::Mapping,
    finding::{Finding, Weight},
    moments::order::Order,
    read,
    venues::KnownVenue,
};
use store::{
    StaffStore, StoreError,
    imports::{ImportedEvent, WholeProgramme},
};

use crate::local_time::zone;

/// What a person says about a file before it is read.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// columns mapped by hand
    pub mappings: Vec<Mapping>,
    /// where events are that name no venue
    pub venue: Option<VenueId>,
    /// whether the day stands before the month
    pub order: Order,
    /// what is answered ahead
    pub answers: Answers,
}

/// What a file would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// what is there
    pub programme: WholeProgramme,
    /// what the file means for it: its venues and events are those of `programme`, by their places
    pub comparison: Comparison,
    /// what is to be said about the file itself
    pub findings: Vec<Finding>,
}

impl Preview {
    /// Whether the file, as it stands, changes nothing: something in it is refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.what.weight() == Weight::Error)
            || self.comparison.rows.iter().any(|one| one.status == Status::Refused)
    }
}

/// Compares a file with what is there.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn preview(
    staff: &dyn StaffStore,
    bytes: &[u8],
    choices: &Choices,
    now: Millis,
) -> Result<Preview, StoreError> {
    let programme = staff.whole_programme().await?;
    let venues: Vec<KnownVenue> = programme
        .venues
        .iter()
        .map(|venue| KnownVenue {
            code: venue.code.clone(),
            name: venue.name.clone(),
            zone: zone(&venue.time_zone),
            usual_minutes: None,
        })
        .collect();
    let places: HashMap<VenueId, usize> =
        programme.venues.iter().enumerate().map(|(place, venue)| (venue.id, place)).collect();
    let options = Options {
        mappings: choices.mappings.clone(),
        venue: choices.venue.and_then(|venue| places.get(&venue).copied()),
        order: choices.order,
        today: Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC).date(),
    };
    let reading = read(bytes, &venues, &options);
    let known: Vec<KnownEvent> = programme.events.iter().map(|event| known(event, &places)).collect();
    let comparison = compare(reading.rows, &known, &venues, choices.answers);
    Ok(Preview { programme, comparison, findings: reading.findings })
}

fn known(there: &ImportedEvent, places: &HashMap<VenueId, usize>) -> KnownEvent {
    let event = &there.event;
    KnownEvent {
        external_id: there.external_id.clone(),
        titles: event.title.iter().map(|(_, words)| words.to_owned()).collect(),
        // A venue that is not seen has no events that are.
        venue: places.get(&event.venue).copied().unwrap_or(usize::MAX),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        attendance: event.attendance,
        attendance_kind: there.attendance_kind,
        cancelled: there.cancelled,
    }
}
