//! `/staff/events`: what is coming and how the last ones went.

use std::collections::BTreeMap;

use app::pages::staff::programme::{DayRow, Programme, ProgrammeData, Row};
use axum::{Extension, extract::State, response::Response};
use domain::{
    event::{Event, Venue, Window},
    id::VenueId,
    time::DAY,
};
use leptos::view;

use crate::{
    http::{
        access::Principal,
        page::{PageContext, PageError},
        state::AppState,
    },
    local_time::{local_day, span, zone},
    summaries,
};
use store::{StoreError, staff::Role};

/// So many past events stand on the page.
const PAST: u32 = 60;
/// How far ahead it looks.
const AHEAD: i64 = 366 * DAY;

/// So many days with answers outside events stand on the page, for each venue.
const DAYS: u32 = 14;
/// How far back those days go: about a season.
const BACK: i64 = 92 * DAY;

/// `GET`: the programme.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Extension(principal): Extension<Principal>,
    context: PageContext,
) -> Result<Response, PageError> {
    let now = state.clock.now();
    let venues = state.store.venues(&principal.scope).await?;
    let time_zone = venues.first().map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone.clone());
    let (days, posters) = (days(&state, &venues).await?, venues.clone());
    let venues: BTreeMap<VenueId, Venue> = venues.into_iter().map(|venue| (venue.id, venue)).collect();
    let ahead = state.store.events(&principal.scope, None, Window { from: now, until: now + AHEAD }).await?;
    let coming = ahead.into_iter().filter(|event| event.ends_at > now).collect();
    let past = state.store.last_events(&principal.scope, now, PAST).await?;
    let data = ProgrammeData {
        coming: rows(&state, &venues, coming).await?,
        past: rows(&state, &venues, past).await?,
        days,
        venues: posters,
        may_edit: principal.role >= Role::Editor,
        now,
        time_zone,
    };
    let shell = context.shell(&state).await?;
    Ok(context.page(move || view! { <Programme data=data shell=shell /> }))
}

async fn rows(state: &AppState, venues: &BTreeMap<VenueId, Venue>, events: Vec<Event>) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        let Some(venue) = venues.get(&event.venue) else { continue };
        let summary = summaries::of_event(&*state.store, &event, false).await?.summary;
        let summary = Some(summary).filter(|summary| summary.counted + summary.aside > 0);
        rows.push(Row { event, venue: venue.name.clone(), time_zone: venue.time_zone.clone(), summary });
    }
    Ok(rows)
}

async fn days(state: &AppState, venues: &[Venue]) -> Result<Vec<DayRow>, StoreError> {
    let mut rows = Vec::new();
    for venue in venues {
        let zone = zone(&venue.time_zone);
        for count in state.store.days(venue.id, local_day(state.clock.now() - BACK, &zone), DAYS).await? {
            let Some(span) = span(count.day, &zone) else { continue };
            let (counted, aside) = (count.counted, count.aside);
            rows.push(DayRow { venue: venue.clone(), day: count.day, at: span.from, counted, aside });
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.day));
    Ok(rows)
}
