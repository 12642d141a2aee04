//! What a program is told when something is wrong: problem details (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem_kind::ProblemKind;
use store::{
    StoreError,
    error_log::{Logged, log_error},
    writer::NotWritten,
};

/// A problem document. A kind that is the server's fault comes with the proof that it has been logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// names the kind of problem; stable
    #[serde(rename = "type")]
    kind: ProblemKind,
    /// the kind in words
    title: &'static str,
    /// the HTTP status
    status: u16,
    /// what exactly, and what to do
    detail: String,
}

impl Problem {
    /// A problem of a kind.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, title: kind.title(), status: kind.status().as_u16(), detail: detail.into() }
    }

    /// There is no such thing, or the caller may not know whether there is.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "there is nothing at this address")
    }

    /// Something unexpected: logged once with its whole chain, and never shown.
    #[must_use]
    pub fn unexpected(error: &(dyn std::error::Error + 'static)) -> Self {
        log_error(error).into()
    }

    fn logged(error: &StoreError, logged: Logged) -> Self {
        if error.may_pass() {
            return Self::new(ProblemKind::Storage(logged), "nothing was stored; try again in a moment");
        }
        logged.into()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::logged(&error, log_error(&error))
    }
}

impl From<NotWritten> for Problem {
    fn from(NotWritten { error, logged }: NotWritten) -> Self {
        Self::logged(&error, logged)
    }
}

impl From<Logged> for Problem {
    /// Something unexpected, which has been logged already.
    fn from(logged: Logged) -> Self {
        Self::new(ProblemKind::Unexpected(logged), "something went wrong on the server; it has been logged")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.kind.status();
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
