//! What a program is told when something is wrong: problem details (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error_log::log_error;
use store::StoreError;

/// A problem document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// names the kind of problem; stable
    #[serde(rename = "type")]
    pub kind: String,
    /// the kind in words
    pub title: &'static str,
    /// the HTTP status
    pub status: u16,
    /// what exactly, and what to do
    pub detail: String,
}

impl Problem {
    /// A problem of a kind, such as `too_many_items`.
    #[must_use]
    pub fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { kind: format!("urn:aplodi:problem:{kind}"), title, status: status.as_u16(), detail: detail.into() }
    }

    /// There is no such thing, or the caller may not know whether there is.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "Not found", "there is nothing at this address")
    }

    /// Something unexpected: logged once with its whole chain, and never shown.
    #[must_use]
    pub fn unexpected(error: &(dyn std::error::Error + 'static)) -> Self {
        log_error(error);
        let detail = "something went wrong on the server; it has been logged";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "unexpected", "Unexpected", detail)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if error.may_pass() {
            log_error(&error);
            let detail = "nothing was stored; try again in a moment";
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, "storage", "Storage is not available", detail);
        }
        Self::unexpected(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

/// Whether an address is asked by programs rather than by people.
#[must_use]
pub fn is_for_programs(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}
