//! `GET /feed/{token}.ics`: the programme for calendars, by an address that staff have made. No number is in it.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::lang::Reader;
use store::Scope;

use super::{etag::is_known, page::PageError, state::AppState};
use crate::{
    exports::{calendar::ics, exported},
    secrets::hash_token,
};

/// Calendars ask every few minutes; what changes is there within this many seconds.
const FRESH: HeaderValue = HeaderValue::from_static("private, max-age=300");

/// The calendar.
///
/// # Errors
/// [`PageError::NotFound`] where nothing is opened by the token.
pub async fn show(
    State(state): State<AppState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let token = file.strip_suffix(".ics").ok_or(PageError::NotFound)?;
    let feed = state.store.system().feed(hash_token(token)).await?.ok_or(PageError::NotFound)?;
    let scope = feed.venue.map_or(Scope::All, |venue| Scope::Venues(vec![venue]));
    let programme = state.store.for_staff(scope).whole_programme().await?;
    let organisation = state.store.system().organisation_name().await?.unwrap_or_default();
    // The same programme is the same file, whenever it is asked for.
    let file = ics(&exported(&programme, Reader::from(feed.lang)), &organisation, feed.made_at);
    let etag = etag(&file);
    let known = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, FRESH)];
    if is_known(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, known).into_response());
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"))];
    Ok((known, kind, file).into_response())
}

fn etag(file: &str) -> HeaderValue {
    let hash = hash_token(file);
    let number = hash.first_chunk().copied().map_or(0, u128::from_be_bytes);
    HeaderValue::from_str(&format!("\"{number:032x}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}
