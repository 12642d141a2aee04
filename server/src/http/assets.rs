//! What a browser loads: scripts, styles, fonts and icons, the service worker, and the kiosk's shell.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::{site::SHELL, state::AppState};

/// `GET /assets/{*path}`
pub async fn asset(State(state): State<AppState>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    state.site.respond(&format!("/assets/{path}"), &headers)
}

/// `GET /icons/{*path}`
pub async fn icon(State(state): State<AppState>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    state.site.respond(&format!("/icons/{path}"), &headers)
}

/// `GET /manifest.webmanifest`
pub async fn manifest(State(state): State<AppState>, headers: HeaderMap) -> Response {
    state.site.respond("/manifest.webmanifest", &headers)
}

/// `GET /sw.js`: the service worker, at an address that never changes.
pub async fn worker(State(state): State<AppState>, headers: HeaderMap) -> Response {
    state.site.respond("/sw.js", &headers)
}

/// `GET /kiosk`: the static shell, the same for every tablet, so that it can be cached whole.
pub async fn kiosk(State(state): State<AppState>, headers: HeaderMap) -> Response {
    state.site.respond(SHELL, &headers)
}
