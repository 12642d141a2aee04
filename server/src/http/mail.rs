//! `/mail/stop/{token}`: somebody who reads by e-mail wants no more. Mail scanners open every link, so only the button stops;
//! a mail program may press it by itself (RFC 8058).

use app::pages::mail::{StopMail, StopMailData};
use axum::{
    extract::{Path, State},
    response::Response,
};
use leptos::view;

use super::page::{PageContext, PageError};
use crate::{http::state::AppState, notify::stop_link::reader_of};

/// `GET`: the button.
///
/// # Errors
/// [`PageError::NotFound`] where this server has not made the link, or the store cannot do it now.
pub async fn ask(
    State(state): State<AppState>,
    Path(token): Path<String>,
    context: PageContext,
) -> Result<Response, PageError> {
    let reader = reader_of(&state.keys.form_key, &token).ok_or(PageError::NotFound)?;
    let known = state.store.system().reader(reader).await?;
    let email = known.filter(|known| known.stopped_at.is_none()).map(|known| known.email);
    page(&state, &context, email).await
}

/// `POST`: no more e-mails. Whoever does it twice, or was removed, reads the same.
///
/// # Errors
/// As [`ask`].
pub async fn stop(
    State(state): State<AppState>,
    Path(token): Path<String>,
    context: PageContext,
) -> Result<Response, PageError> {
    let reader = reader_of(&state.keys.form_key, &token).ok_or(PageError::NotFound)?;
    state.store.system().stop_reader(reader, state.clock.now()).await?;
    page(&state, &context, None).await
}

async fn page(state: &AppState, context: &PageContext, email: Option<String>) -> Result<Response, PageError> {
    let shell = context.shell(state).await?;
    let data = StopMailData { email };
    Ok(context.page(move || view! { <StopMail data=data shell=shell /> }))
}
