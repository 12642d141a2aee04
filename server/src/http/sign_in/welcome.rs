//! How a session begins, and where it goes on.

use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};

use super::session;
use crate::{
    http::state::AppState,
    secrets::{hash_token, new_token},
};
use store::{
    StoreError,
    staff::{Session, User},
};

/// Begins a session and goes on.
///
/// # Errors
/// Where the store cannot do it now.
pub(super) async fn welcome(state: &AppState, user: &User, next: &str) -> Result<Response, StoreError> {
    welcome_with(state, user, Redirect::to(next).into_response()).await
}

/// Begins a session with an answer that shows something first.
///
/// # Errors
/// Where the store cannot do it now.
pub(super) async fn welcome_with(
    state: &AppState,
    user: &User,
    mut response: Response,
) -> Result<Response, StoreError> {
    let now = state.clock.now();
    let token = new_token(&state.rng);
    state.store.system().add_session(hash_token(&token), user.id, now, now + Session::UNUSED).await?;
    if let Some(cookie) = session::begin(&token, state.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whether a path is one of ours: nobody may be sent elsewhere from here.
pub(super) fn is_ours(next: &str) -> bool {
    (next == "/staff" || next.starts_with("/staff/") || next.starts_with("/staff?"))
        && !next.contains(['\\', '\r', '\n'])
        && next.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for ours in ["/staff", "/staff/events?scores=all", "/staff?lang=sv"] {
            assert!(is_ours(ours), "{ours}");
        }
        for foreign in ["", "//evil.example", "https://evil.example", "/staffx", "/staff/\\evil", "/\t/evil", "/kiosk"]
        {
            assert!(!is_ours(foreign), "{foreign}");
        }
    }
}
