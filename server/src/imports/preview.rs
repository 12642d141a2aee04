//! A file beside what is there.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use domain::{id::VenueId, time::Millis, venue_settings::VenueSettings};
use jiff::{Timestamp, tz::TimeZone};
use programme::{
    Column, Options, compare,
    comparison::{Answers, Comparison, KnownEvent, Status},
    field::{Field, Mapping},
    finding::{Finding, Weight, What},
    folded::folded,
    moments::order::Order,
    read,
    venues::KnownVenue,
};
use sha2::{Digest, Sha256};
use store::{
    StaffStore, StoreError,
    imports::{ImportedEvent, WholeProgramme},
};

use tokio::task::spawn_blocking;

use crate::local_time::zone;

/// What a person says about a file before it is read.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// columns mapped by hand
    pub mappings: Vec<Mapping>,
    /// what is said of columns wherever they are called so; what a file does not have is passed over
    pub usual_mappings: Vec<Mapping>,
    /// where events are that name no venue
    pub venue: Option<VenueId>,
    /// whether the day stands before the month
    pub order: Order,
    /// what is answered ahead
    pub answers: Answers,
}

/// What a file would change.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// what is there
    pub programme: WholeProgramme,
    /// what the file means for it: its venues and events are those of `programme`, by their places
    pub comparison: Comparison,
    /// what is to be said about the file itself
    pub findings: Vec<Finding>,
    /// the columns of the file, for whoever says by hand what they hold
    pub columns: Vec<Column>,
    /// whether it is a calendar, which has no columns
    pub is_calendar: bool,
}

impl Preview {
    /// How many events would be new or other than before.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.comparison.rows.iter().filter(|one| one.status.is_change()).count()
    }

    /// The same for two previews that say the same of the same events: what is looked at is what is done.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        for one in &self.comparison.rows {
            let there = one.event.and_then(|at| self.programme.events.get(at));
            digest.update(format!("{:?} {:?} {there:?}", one.status, one.row));
        }
        hex::encode(digest.finalize())
    }

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
    bytes: Arc<[u8]>,
    choices: Choices,
    now: Millis,
) -> Result<Preview, StoreError> {
    let programme = staff.whole_programme().await?;
    let settings = staff.venue_settings().await?;
    // Ten thousand events take a second of one core, and many wait on the others.
    let previewed = spawn_blocking(move || previewed(programme, &settings, &bytes, &choices, now)).await;
    Ok(previewed
        .unwrap_or_else(|_| Preview { findings: vec![What::Damaged(String::new()).of_file()], ..Preview::default() }))
}

fn previewed(
    programme: WholeProgramme,
    settings: &BTreeMap<VenueId, VenueSettings>,
    bytes: &[u8],
    choices: &Choices,
    now: Millis,
) -> Preview {
    let venues: Vec<KnownVenue> = programme
        .venues
        .iter()
        .map(|venue| KnownVenue {
            code: venue.code.clone(),
            name: venue.name.clone(),
            zone: zone(&venue.time_zone),
            usual_minutes: settings.get(&venue.id).and_then(|settings| settings.usual_minutes),
        })
        .collect();
    let places: HashMap<VenueId, usize> =
        programme.venues.iter().enumerate().map(|(place, venue)| (venue.id, place)).collect();
    let order = choices.order;
    let mut options = Options {
        mappings: choices.mappings.clone(),
        venue: choices.venue.and_then(|venue| places.get(&venue).copied()),
        order,
        today: Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC).date(),
    };
    if !choices.usual_mappings.is_empty() {
        options.mappings.extend(usual(
            &choices.usual_mappings,
            &read(bytes, &venues, &options).columns,
            &options.mappings,
        ));
    }
    let reading = read(bytes, &venues, &options);
    let known: Vec<KnownEvent> = programme.events.iter().map(|event| known(event, &places)).collect();
    let comparison = compare(reading.rows, &known, &venues, choices.answers);
    let (findings, columns, is_calendar) = (reading.findings, reading.columns, reading.is_calendar);
    Preview { programme, comparison, findings, columns, is_calendar }
}

/// What goes without saying of these columns: what was said of others that are called so, where it is something else
/// than what their heads say.
fn usual(said: &[Mapping], columns: &[Column], by_hand: &[Mapping]) -> Vec<Mapping> {
    let usual = |column: &Column| {
        let of_this = |mapping: &&Mapping| folded(&mapping.column) == folded(&column.name);
        let said = said.iter().find(of_this).filter(|_| !by_hand.iter().any(|mapping| of_this(&mapping)))?;
        let is_other = column.field.unwrap_or(Field::Ignored) != said.field;
        is_other.then(|| Mapping { column: column.name.clone(), field: said.field })
    };
    columns.iter().filter_map(usual).collect()
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
