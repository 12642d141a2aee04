//! `/staff/events`: what is coming and how the last ones went.

use std::collections::BTreeMap;

use app::{
    kit::address::Address,
    pages::staff::programme::{DayRow, MONTH, PROGRAMME, Programme, ProgrammeData, ProgrammeDone, Row, month::Month},
};
use axum::{extract::Query, response::Response};
use domain::{
    event::{Event, Venue, Window},
    id::VenueId,
    live_delay::LiveDelay,
    time::{DAY, Millis},
};
use leptos::view;
use serde::Deserialize;

use crate::{
    http::{
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    local_time::{local_day, span, zone},
    summaries,
};
use store::{StaffStore, StoreError, staff::Role};
use uuid::Uuid;

use super::season_month;

/// So many past events stand on the page.
const PAST: u32 = 60;
/// How far ahead it looks.
const AHEAD: i64 = 366 * DAY;

/// So many days with answers outside events stand on the page, for each venue.
const DAYS: u32 = 14;
/// How far back those days go: about a season.
const BACK: i64 = 92 * DAY;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct AfterChange {
    done: Option<String>,
    events: Option<usize>,
}

impl AfterChange {
    fn done(&self) -> Option<ProgrammeDone> {
        match (self.done.as_deref()?, self.events) {
            ("deleted", _) => Some(ProgrammeDone::Deleted),
            ("repeated", Some(events)) => Some(ProgrammeDone::Repeated(events)),
            _ => None,
        }
    }
}

/// How the programme is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Looked {
    view: Option<String>,
    month: Option<String>,
    venue: Option<String>,
}

impl Looked {
    /// The venue, where one is chosen; what is no id chooses none.
    fn venue(&self) -> Option<VenueId> {
        self.venue.as_deref().and_then(|id| Uuid::try_parse(id).ok()).map(VenueId)
    }

    fn here(&self) -> Address {
        let view = self.view.clone().filter(|view| view == MONTH).unwrap_or_default();
        let month = self.month.clone().filter(|month| !view.is_empty() && season_month::read(month).is_some());
        let venue = self.venue().map(|venue| venue.to_string()).unwrap_or_default();
        Address::new(PROGRAMME, [("view", view), ("month", month.unwrap_or_default()), ("venue", venue)])
    }
}

/// `GET`: the programme.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterChange>,
    Query(looked): Query<Looked>,
    context: PageContext,
) -> Result<Response, PageError> {
    let here = looked.here();
    if here.chosen("view") == MONTH {
        let month = season_month::read(here.chosen("month"));
        let data = season_month::gather(&*staff.store, month, looked.venue(), here, staff.now()).await?;
        let shell = context.shell(&staff).await?;
        return Ok(context.page(move || view! { <Month data=data shell=shell /> }));
    }
    let may_edit = staff.role >= Role::Editor;
    let data = gather(&*staff.store, may_edit, staff.delay, staff.now()).await?;
    let mut data = ProgrammeData { done: after.done(), here, ..data };
    if let Some(venue) = looked.venue() {
        data.coming.retain(|row| row.event.venue == venue);
        data.past.retain(|row| row.event.venue == venue);
        data.days.retain(|row| row.venue.id == venue);
    }
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <Programme data=data shell=shell /> }))
}

/// Gathers what the page shows, in the same number of queries however much there is.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn gather(
    store: &dyn StaffStore,
    may_edit: bool,
    delay: LiveDelay,
    now: Millis,
) -> Result<ProgrammeData, StoreError> {
    let venues = store.venues().await?;
    let time_zone = venues.first().map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone.clone());
    let days = days(store, &venues, now).await?;
    let ahead = store.events(Window { from: now, until: now + AHEAD }).await?;
    let coming: Vec<Event> = ahead.into_iter().filter(|event| event.ends_at > now).collect();
    let past = store.last_events(now, PAST).await?;
    let summaries = summaries::of_events(store, &coming.iter().chain(&past).collect::<Vec<_>>()).await?;
    let places: BTreeMap<VenueId, &Venue> = venues.iter().map(|venue| (venue.id, venue)).collect();
    let row = |event: Event| {
        let venue = places.get(&event.venue)?;
        let summary = summaries.get(&event.id).cloned();
        let summary = summary.filter(|summary| summary.counted + summary.aside > 0);
        Some(Row { event, venue: venue.name.clone(), time_zone: venue.time_zone.clone(), summary })
    };
    Ok(ProgrammeData {
        coming: coming.into_iter().filter_map(row).collect(),
        past: past.into_iter().filter_map(row).collect(),
        days,
        may_edit,
        delay,
        now,
        time_zone,
        venues,
        here: Address::new(PROGRAMME, []),
        done: None,
    })
}

async fn days(store: &dyn StaffStore, venues: &[Venue], now: Millis) -> Result<Vec<DayRow>, StoreError> {
    let since: Vec<_> = venues.iter().map(|venue| (venue.id, local_day(now - BACK, &zone(&venue.time_zone)))).collect();
    let days = store.days(&since, DAYS).await?;
    let rows = days.into_iter().filter_map(|count| {
        let venue = venues.iter().find(|venue| venue.id == count.venue)?;
        let at = span(count.day, &zone(&venue.time_zone))?.from;
        Some(DayRow { venue: venue.clone(), day: count.day, at, counted: count.counted, aside: count.aside })
    });
    Ok(rows.collect())
}
