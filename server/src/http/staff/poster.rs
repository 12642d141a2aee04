//! `/staff/events/{id}/poster`: a question, a code and an address, to print.

use app::{
    domain::id::EventId,
    pages::{
        staff::poster::{Paper, Poster, PosterData},
        when::When,
    },
};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use leptos::view;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    http::{
        access::Reader,
        page::{PageError, Reading},
    },
    qr,
    state::AppState,
};

/// On which paper.
#[derive(Debug, Default, Deserialize)]
pub struct Size {
    size: Option<String>,
}

/// `GET`: the poster.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such an event.
pub async fn show(
    State(state): State<AppState>,
    Extension(reader): Extension<Reader>,
    Path(id): Path<Uuid>,
    Query(size): Query<Size>,
    reading: Reading,
) -> Result<Response, PageError> {
    let event = state.store.event(&reader.scope, EventId(id)).await?.ok_or(PageError::NotFound)?;
    let venue = state.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
    let address = state.address(&format!("/f/{}", event.code));
    let when = When::new(reading.lang, &venue.time_zone).date_and_time(event.starts_at);
    let data = PosterData {
        title: event.title.get(reading.lang).to_owned(),
        line: format!("{when} · {}", venue.name),
        qr: qr::modules(&address).map_err(|error| PageError::unexpected(&error))?,
        address: address.split_once("://").map_or(address.as_str(), |(_, short)| short).to_owned(),
        languages: venue.languages,
        size: size.size.as_deref().and_then(Paper::from_word).unwrap_or_default(),
        back: format!("/staff/events/{id}"),
    };
    let shell = reading.shell(&state).await?;
    Ok(reading.page(move || view! { <Poster data=data shell=shell /> }))
}
