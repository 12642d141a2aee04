//! From a preview to what the page shows: sentences in the reader's language, and of long lists the beginning.

use app::{
    import_findings::sentence,
    pages::staff::import::data::{FileNote, Group, ImportChoices, ImportData, ImportNotice, ImportRow, Sentence},
};
use domain::{
    id::VenueId,
    lang::{Lang, Reader},
};
use programme::{
    comparison::{Compared, Status},
    finding::{Finding, What},
};
use store::imports::ImportedEvent;

use crate::imports::Preview;

/// So many events of a kind are shown: a page of ten thousand helps nobody.
const SHOWN: usize = 100;
/// So many remarks on the file.
const NOTES: usize = 50;
/// What needs somebody first.
const ORDER: [Status; 7] = [
    Status::Refused,
    Status::Unclear,
    Status::New,
    Status::Moved,
    Status::Cancelled,
    Status::Changed,
    Status::Unchanged,
];

/// What the page shows.
pub(super) fn data(
    name: String,
    preview: &Preview,
    choices: ImportChoices,
    notice: Option<ImportNotice>,
    reader: Reader,
) -> ImportData {
    let groups = ORDER.into_iter().filter_map(|status| group(status, preview, reader.lang()));
    let missing: Vec<&ImportedEvent> =
        preview.comparison.missing.iter().filter_map(|at| preview.programme.events.get(*at)).collect();
    let missing_rows = missing.iter().take(SHOWN).map(|there| there_row(there, preview, reader)).collect();
    let venues = &preview.programme.venues;
    ImportData {
        name,
        notice,
        notes: notes(preview, reader.lang()),
        groups: groups.collect(),
        missing: (missing_rows, missing.len()),
        columns: preview.columns.clone(),
        choices,
        venues: venues.iter().map(|venue| (venue.id, venue.name.clone())).collect(),
        is_refused: preview.is_refused(),
        changes: preview.changes(),
        fingerprint: preview.fingerprint(),
    }
}

fn notes(preview: &Preview, lang: Lang) -> Vec<FileNote> {
    let mut findings: Vec<&Finding> =
        preview.findings.iter().filter(|finding| !matches!(finding.what, What::EmptyRow)).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.what.weight()));
    let note = |finding: &&Finding| FileNote {
        weight: finding.what.weight(),
        place: (finding.line, finding.column),
        says: sentence(&finding.what, lang),
    };
    findings.iter().take(NOTES).map(note).collect()
}

fn group(status: Status, preview: &Preview, lang: Lang) -> Option<Group> {
    let of_status = || preview.comparison.rows.iter().filter(|one| one.status == status);
    let count = of_status().count();
    // What stays as it is is only counted, but for what is to be said about it.
    let is_shown = |one: &&Compared| status != Status::Unchanged || !one.row.findings.is_empty();
    let rows = of_status().filter(is_shown).take(SHOWN).map(|one| row(one, preview, lang)).collect();
    (count > 0).then_some(Group { status, rows, count })
}

fn row(one: &Compared, preview: &Preview, lang: Lang) -> ImportRow {
    let row = &one.row;
    let mut findings: Vec<&Finding> = row.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.what.weight()));
    let says = findings.iter().map(|finding| Sentence { column: finding.column, says: sentence(&finding.what, lang) });
    let venue = row.venue.and_then(|place| preview.programme.venues.get(place));
    let there = one.event.and_then(|at| preview.programme.events.get(at)).filter(|_| one.status == Status::Moved);
    ImportRow {
        line: Some(row.line),
        title: row.title.clone().unwrap_or_default(),
        venue: venue.map(|venue| venue.name.clone()).unwrap_or_default(),
        time_zone: venue.map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone.clone()),
        times: (row.starts_at, row.ends_at),
        before: there.map(|there| (there.event.starts_at, venue_of(preview, there.event.venue).0)),
        says: says.collect(),
    }
}

fn there_row(there: &ImportedEvent, preview: &Preview, reader: Reader) -> ImportRow {
    let event = &there.event;
    let (venue, time_zone) = venue_of(preview, event.venue);
    ImportRow {
        line: None,
        title: reader.words(&event.title).text.to_owned(),
        venue,
        time_zone,
        times: (Some(event.starts_at), Some(event.ends_at)),
        before: None,
        says: Vec::new(),
    }
}

/// The name and the clock of a venue.
fn venue_of(preview: &Preview, id: VenueId) -> (String, String) {
    let venue = preview.programme.venues.iter().find(|venue| venue.id == id);
    venue.map_or_else(|| (String::new(), "UTC".to_owned()), |venue| (venue.name.clone(), venue.time_zone.clone()))
}
