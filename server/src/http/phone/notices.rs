//! `GET /privacy` and `GET /accessibility`: what the law asks whoever collects answers to say.

use app::pages::{
    document,
    phone::notices::{Accessibility, NoticesData, Privacy},
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{Html, IntoResponse, Response},
};
use leptos::view;

use super::{
    form::{as_page, shell},
    language::Wanted,
};
use crate::http::{page::PageError, state::AppState};
use store::Scope;

/// The privacy notice.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn privacy(State(state): State<AppState>, wanted: Wanted, headers: HeaderMap) -> Result<Response, PageError> {
    let mut shell = shell(&state, "", wanted.lang(&headers).unwrap_or_default().into()).await?;
    "/privacy".clone_into(&mut shell.path);
    let data = data(&state).await?;
    Ok(as_page(Html(document(move || view! { <Privacy data=data shell=shell /> })).into_response()))
}

/// The accessibility statement.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn accessibility(
    State(state): State<AppState>,
    wanted: Wanted,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let mut shell = shell(&state, "", wanted.lang(&headers).unwrap_or_default().into()).await?;
    "/accessibility".clone_into(&mut shell.path);
    let data = data(&state).await?;
    Ok(as_page(Html(document(move || view! { <Accessibility data=data shell=shell /> })).into_response()))
}

async fn data(state: &AppState) -> Result<NoticesData, PageError> {
    let notices = state.store.system().notices().await?;
    // How long a log is kept says nothing of what is in it.
    let audit_months = state.store.for_staff(Scope::All).audit_months().await?;
    let comment_months = state.store.system().organisation_settings().await?.comment_months;
    Ok(NoticesData { notices, audit_months, comment_months })
}
