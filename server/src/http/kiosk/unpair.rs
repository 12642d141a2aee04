//! `POST /api/v1/kiosk/unpair`: somebody at the tablet ends its pairing.

use axum::{Extension, extract::State, http::StatusCode};

use crate::http::{problem::Problem, state::AppState};
use store::kiosks::Pairing;

/// Ends the pairing of the tablet that asks: from now on its token opens nothing.
///
/// # Errors
/// A problem document where the store cannot do it now.
#[utoipa::path(
    post, path = "/api/v1/kiosk/unpair", tag = "kiosk",
    responses(
        (status = 204, description = "the token opens nothing any more"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid kiosk token"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; send it again"),
    ),
    security(("kiosk" = []))
)]
pub async fn post(
    State(state): State<AppState>,
    Extension(pairing): Extension<Pairing>,
) -> Result<StatusCode, Problem> {
    state.store.system().revoke_pairing(pairing.id, state.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
