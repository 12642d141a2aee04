//! One span and one count for every request. What happens while it is answered is logged inside the
//! span, in one vocabulary: `id`, `method`, `route` (the pattern, never the address: that may hold a
//! token or a code), `who` (a role, never a name), `status` and `ms`.

use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use tokio::time::Instant;
use tracing::{Instrument, Span, field::Empty};

use super::{access::Access, state::AppState};
use crate::metrics::RequestLabels;
use store::staff::Role;

/// What stands where no route answers.
const NO_ROUTE: &str = "none";

/// What tablets, browsers and whatever watches over the server ask for by themselves, many times for each person. Where
/// all is well it is counted and no line of the log, unless that is to tell everything
/// (`docs/decisions/log-vocabulary.md`).
const ROUTINE: [&str; 10] = [
    "/api/v1/kiosk/config",
    "/api/v1/kiosk/heartbeat",
    "/api/v1/kiosk/pairings/{id}",
    "/api/v1/kiosk/responses",
    "/assets/{*path}",
    "/icons/{*path}",
    "/healthz",
    "/metrics",
    "/readyz",
    "/sw.js",
];

/// Opens the span around a request, and counts the request when it is answered.
pub async fn observe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let id = state.rng.bytes::<8>();
    let id = hex::encode(id);
    let span = tracing::info_span!("request", id, method, route, who = Empty, status = Empty, ms = Empty);
    let began = now();
    let response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status(), began.elapsed());
    state.metrics.count_request(RequestLabels { method, route, status: status.as_str() });
    span.record("status", status.as_u16());
    span.record("ms", millis(took));
    let is_well = !status.is_client_error() && !status.is_server_error();
    span.in_scope(|| {
        if is_well && ROUTINE.contains(&route) { tracing::debug!("answered") } else { tracing::info!("answered") }
    });
    response
}

/// Says in the span of the request who is calling.
pub(super) fn record_caller(access: Access, role: Option<Role>) {
    let who = match (access, role) {
        (_, Some(role)) => role.as_str(),
        (Access::Kiosk, _) => "kiosk",
        _ => "anyone",
    };
    Span::current().record("who", who);
}

/// Anybody may call with a method of their own, and each would be a line of its own in the metrics.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[expect(clippy::disallowed_methods, reason = "how long an answer takes is measured, and decides nothing")]
fn now() -> Instant {
    Instant::now()
}

fn millis(took: Duration) -> f64 {
    (took.as_secs_f64() * 1e6).round() / 1e3
}
