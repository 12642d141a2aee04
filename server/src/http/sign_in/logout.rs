//! `POST /staff/logout` and `POST /staff/logout/everywhere`

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};

use super::session;
use crate::{
    http::{access::Principal, page::PageError, state::AppState},
    secrets::hash_token,
};

/// Ends the session, here and on the server.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn leave(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, PageError> {
    if let Some(token) = session::token(&headers, state.is_https()) {
        state.store.system().end_session(hash_token(token)).await?;
    }
    Ok(left(&state))
}

/// Ends every session of whoever calls, on all of their devices.
///
/// # Errors
/// [`PageError::Forbidden`] for a program, or where the store cannot do it now.
pub async fn leave_everywhere(
    State(state): State<AppState>,
    Extension(caller): Extension<Principal>,
) -> Result<Response, PageError> {
    let user = caller.user.ok_or(PageError::Forbidden)?;
    let sessions = state.store.system().end_sessions(Some(user.id)).await?;
    tracing::info!(sessions, "logged out everywhere");
    Ok(left(&state))
}

fn left(state: &AppState) -> Response {
    let mut response = Redirect::to("/staff/login").into_response();
    if let Some(cookie) = session::end(state.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
