//! Whether the server lives, for whatever watches over it.

use axum::{extract::State, http::StatusCode};

use crate::http::state::AppState;
use store::error_log::log_error;

/// `GET /healthz`: the process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the store answers too.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.store.system().ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            log_error(&error);
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}
