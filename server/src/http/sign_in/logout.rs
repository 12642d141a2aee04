//! `POST /staff/logout`

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};

use super::session;
use crate::{
    http::{page::PageError, state::AppState},
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
    let mut response = Redirect::to("/staff/login").into_response();
    if let Some(cookie) = session::end(state.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
