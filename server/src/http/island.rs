//! What an island is answered that sent a form: lines that it understands, instead of a page. It asks for them in
//! `Accept`.

use app::server_functions::form_error::{FormError, Lines};
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::server_fn::{ContentType, error::FromServerFnError};

/// Whether an island asks.
#[must_use]
pub fn is_island(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept == Lines::CONTENT_TYPE)
}

/// Tells an island why its form was not taken.
#[must_use]
pub fn refusal(status: StatusCode, error: &FormError) -> Response {
    (status, [(header::CONTENT_TYPE, Lines::CONTENT_TYPE)], error.ser()).into_response()
}
