//! Rows of a table that names no events of its own: how many were at events that are there.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Compared, KnownEvent, Status};
use crate::{
    finding::What,
    row::{OfKnown, Row},
    venues::KnownVenue,
};

/// Finds the event that a row means: by its id, else by its day, and its venue and its start where the row says them.
/// What the row does not say of it stays as it is.
/// The status is still to be said.
pub(super) fn counted(
    row: Row,
    of_known: OfKnown,
    known: &[KnownEvent],
    venues: &[KnownVenue],
    by_id: &HashMap<&str, usize>,
    taken: &mut [bool],
) -> Compared {
    let mut one = Compared { row, status: Status::Unclear, event: None };
    if one.row.is_refused() {
        return one;
    }
    let line = one.row.line;
    let found = match one.row.external_id.as_deref() {
        Some(id) => by_id.get(id).map(|at| vec![*at]).unwrap_or_default(),
        None => on_that_day(&one.row, of_known, known, venues),
    };
    let what = match found[..] {
        [at] if taken[at] => Some(What::CountedTwice(title(&known[at]))),
        [at] => {
            taken[at] = true;
            one.event = Some(at);
            None
        }
        [] => Some(What::NoSuchEvent),
        _ => Some(What::SeveralEvents(found.iter().map(|at| title(&known[*at])).collect())),
    };
    one.row.findings.extend(what.map(|what| what.at(line, None)));
    if let Some(event) = one.event.map(|at| &known[at]) {
        one.row.title = event.titles.first().cloned();
        one.row.venue = Some(event.venue);
        (one.row.starts_at, one.row.ends_at) = (Some(event.starts_at), Some(event.ends_at));
    }
    one
}

fn title(event: &KnownEvent) -> String {
    event.titles.first().cloned().unwrap_or_default()
}

/// The events that begin on the day, at the venue and at the time that a row says, but for those that did not take place.
fn on_that_day(row: &Row, of_known: OfKnown, known: &[KnownEvent], venues: &[KnownVenue]) -> Vec<usize> {
    let Some(day) = of_known.day else { return Vec::new() };
    let is_it = |event: &KnownEvent| {
        let zone = venues.get(event.venue).map(|venue| venue.zone.clone());
        let begins = Timestamp::from_millisecond(event.starts_at).ok().zip(zone);
        !event.cancelled
            && row.venue.is_none_or(|venue| venue == event.venue)
            && row.starts_at.is_none_or(|at| at == event.starts_at)
            && begins.is_some_and(|(at, zone)| at.to_zoned(zone).date() == day)
    };
    (0..known.len()).filter(|at| is_it(&known[*at])).collect()
}
