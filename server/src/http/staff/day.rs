//! `/staff/venues/{id}/days/{day}`: what came in at a venue on a day, outside its events.

use app::{
    domain::{id::VenueId, time::LocalDay},
    pages::{
        fragment,
        staff::{
            live_region::LiveRegion,
            subject::{SubjectData, SubjectPage},
        },
    },
};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Response},
};
use leptos::view;
use uuid::Uuid;

use super::subject::View;
use crate::{
    http::{
        access::Reader,
        events::summary::Choice,
        page::{PageError, Reading},
    },
    state::AppState,
};

/// `GET`: how the day went.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a venue, or no calendar has such a day.
pub async fn show(
    State(state): State<AppState>,
    Extension(reader): Extension<Reader>,
    Path(place): Path<(Uuid, String)>,
    Query(choice): Query<Choice>,
    reading: Reading,
) -> Result<Response, PageError> {
    let data = data(&state, &reader, &place, &choice, &reading).await?;
    let shell = reading.shell(&state).await?;
    Ok(reading.page(move || view! { <SubjectPage data=data shell=shell /> }))
}

/// `GET .../live`: the part of it that changes.
///
/// # Errors
/// As [`show`].
pub async fn live(
    State(state): State<AppState>,
    Extension(reader): Extension<Reader>,
    Path(place): Path<(Uuid, String)>,
    Query(choice): Query<Choice>,
    reading: Reading,
) -> Result<Response, PageError> {
    let data = data(&state, &reader, &place, &choice, &reading).await?;
    let lang = reading.lang;
    Ok(Html(fragment(move || view! { <LiveRegion data=data lang=lang /> })).into_response())
}

async fn data(
    state: &AppState,
    reader: &Reader,
    (venue, day): &(Uuid, String),
    choice: &Choice,
    reading: &Reading,
) -> Result<SubjectData, PageError> {
    let day = LocalDay::from_iso(day).ok_or(PageError::NotFound)?;
    let venue = state.store.venue(VenueId(*venue)).await?.filter(|venue| reader.scope.allows(venue.id));
    let view = View { reading, scores_asked: choice.all_scores() };
    view.of_day(state, venue.ok_or(PageError::NotFound)?, day).await?.ok_or(PageError::NotFound)
}
