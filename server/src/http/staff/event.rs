//! `/staff/events/{id}`

use app::{
    domain::id::EventId,
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

/// `GET`: how an event went.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such an event.
pub async fn show(
    State(state): State<AppState>,
    Extension(reader): Extension<Reader>,
    Path(id): Path<Uuid>,
    Query(choice): Query<Choice>,
    reading: Reading,
) -> Result<Response, PageError> {
    let data = data(&state, &reader, EventId(id), &choice, &reading).await?;
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
    Path(id): Path<Uuid>,
    Query(choice): Query<Choice>,
    reading: Reading,
) -> Result<Response, PageError> {
    let data = data(&state, &reader, EventId(id), &choice, &reading).await?;
    let lang = reading.lang;
    Ok(Html(fragment(move || view! { <LiveRegion data=data lang=lang /> })).into_response())
}

async fn data(
    state: &AppState,
    reader: &Reader,
    id: EventId,
    choice: &Choice,
    reading: &Reading,
) -> Result<SubjectData, PageError> {
    let event = state.store.event(&reader.scope, id).await?.ok_or(PageError::NotFound)?;
    let venue = state.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
    let view = View { reading, scores_asked: choice.all_scores() };
    Ok(view.of_event(state, event, venue).await?)
}
