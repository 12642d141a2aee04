//! What a browser loads: scripts, styles, fonts and icons, the service worker, and the kiosk's shell.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::{problem::Problem, site::SHELL, state::AppState};

/// `GET /assets/{*path}`
pub async fn asset(State(state): State<AppState>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    dressed(&state, &format!("/assets/{path}"), &headers).await
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
    dressed(&state, "/sw.js", &headers).await
}

/// `GET /kiosk`: the static shell, the same for every tablet, so that it can be cached whole.
pub async fn kiosk(State(state): State<AppState>, headers: HeaderMap) -> Response {
    dressed(&state, SHELL, &headers).await
}

/// The file as the organisation's look has it, else as the site has it.
async fn dressed(state: &AppState, path: &str, headers: &HeaderMap) -> Response {
    // What was built is never another file by the same name.
    if path.starts_with("/assets/") && !path.starts_with("/assets/look.") && !path.starts_with("/assets/logo.") {
        return state.site.respond(path, headers);
    }
    match state.wardrobe.dressed(&state.site, &**state.store.system()).await {
        Ok(look) => {
            look.file(path).map_or_else(|| state.site.respond(path, headers), |file| file.respond(path, headers))
        }
        // A tablet that starts now keeps what it has: half a build is none.
        Err(error) => Problem::from(error).into_response(),
    }
}
