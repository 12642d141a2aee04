//! `/staff`: the event under way or just ended.

use app::{
    domain::{
        event::{Event, Venue, Window},
        time::{DAY, HOUR, Millis},
    },
    pages::{
        fragment,
        staff::{
            live_region::LiveRegion,
            subject::SubjectData,
            tonight::{Other, Tonight, TonightData},
        },
    },
};
use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use leptos::view;

use super::subject::View;
use crate::{
    http::{
        access::Reader,
        events::summary::Choice,
        page::{PageError, Reading},
    },
    local_time::{local_day, zone},
    state::AppState,
    store::{Scope, StoreError},
};

/// The last event stands here until the evening after it.
const LINGERS: Millis = 36 * HOUR;
/// How far ahead "what comes next" looks.
const AHEAD: Millis = 90 * DAY;

/// `GET`: how tonight goes.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Extension(reader): Extension<Reader>,
    Query(choice): Query<Choice>,
    reading: Reading,
) -> Result<Response, PageError> {
    let data = match subject(&state, &reader, &choice, &reading).await? {
        Some((subject, others)) => TonightData::Subject { subject: Box::new(subject), others },
        None => nothing(&state, &reader.scope).await?,
    };
    let shell = reading.shell(&state).await?;
    Ok(reading.page(move || view! { <Tonight data=data shell=shell /> }))
}

/// `GET /staff/live`: the part of it that changes.
///
/// # Errors
/// As [`show`].
pub async fn live(
    State(state): State<AppState>,
    Extension(reader): Extension<Reader>,
    Query(choice): Query<Choice>,
    reading: Reading,
) -> Result<Response, PageError> {
    let Some((data, _)) = subject(&state, &reader, &choice, &reading).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let lang = reading.lang;
    Ok(Html(fragment(move || view! { <LiveRegion data=data lang=lang /> })).into_response())
}

async fn subject(
    state: &AppState,
    reader: &Reader,
    choice: &Choice,
    reading: &Reading,
) -> Result<Option<(SubjectData, Vec<Other>)>, StoreError> {
    let view = View {
        reading,
        path: "/staff".to_owned(),
        fragment: "/staff/live".to_owned(),
        scores_asked: choice.all_scores(),
    };
    let venues = state.store.venues(&reader.scope).await?;
    let mut on = on_now(state, &reader.scope).await?.into_iter();
    if let Some(event) = on.next() {
        let venue_of = |event: &Event| venues.iter().find(|venue| venue.id == event.venue);
        let Some(venue) = venue_of(&event).cloned() else { return Ok(None) };
        let others = on
            .map(|other| {
                let venue = venue_of(&other).map(|venue| venue.name.as_str()).unwrap_or_default();
                Other { event: other.id, title: format!("{} · {venue}", other.title.get(reading.lang)) }
            })
            .collect();
        return Ok(Some((view.of_event(state, event, venue).await?, others)));
    }
    let now = state.clock.now();
    for venue in venues {
        let day = local_day(now, &zone(&venue.time_zone));
        if let Some(subject) = view.of_day(state, venue, day).await? {
            return Ok(Some((subject, Vec::new())));
        }
    }
    Ok(None)
}

/// The events under way or taking answers, the latest first; else the one that ended last.
async fn on_now(state: &AppState, scope: &Scope) -> Result<Vec<Event>, StoreError> {
    let now = state.clock.now();
    let near = state.store.events(scope, None, Window { from: now, until: now }).await?;
    let mut on: Vec<Event> =
        near.into_iter().filter(|event| event.starts_at <= now || event.window.contains(now)).collect();
    on.sort_by_key(|event| std::cmp::Reverse(event.starts_at));
    if on.is_empty() {
        on.extend(
            state.store.last_events(scope, now, 1).await?.into_iter().filter(|event| event.ends_at > now - LINGERS),
        );
    }
    Ok(on)
}

async fn nothing(state: &AppState, scope: &Scope) -> Result<TonightData, StoreError> {
    let now = state.clock.now();
    let venues: Vec<Venue> = state.store.venues(scope).await?;
    let time_zone = venues.first().map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone.clone());
    let ahead = state.store.events(scope, None, Window { from: now, until: now + AHEAD }).await?;
    let next = ahead.into_iter().filter(|event| event.starts_at > now).min_by_key(|event| event.starts_at);
    Ok(TonightData::Nothing { now, time_zone, next: next.map(Box::new) })
}
