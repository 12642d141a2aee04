//! `POST /api/v1/kiosk/claim`: somebody says that the device which has opened a printed address is the tablet.

use api::pairing::ClaimRequest;
use axum::{Extension, body::Body, extract::State, http::StatusCode};

use crate::http::{json::text, problem::Problem, problem_kind::ProblemKind, state::AppState};
use store::kiosks::Pairing;

/// A hash.
const MAX_BYTES: usize = 1024;

/// The token of a printed address makes one device a tablet. Where it has done so, whoever opens the address on another
/// one is refused, and staff read of it. Who asks again with the same hash is told the same. A demo season may be looked
/// at on any number of devices.
///
/// # Errors
/// A problem document where another device is the tablet, the body cannot be read, or the store cannot do it now.
#[utoipa::path(
    post, path = "/api/v1/kiosk/claim", tag = "kiosk", request_body = ClaimRequest,
    responses(
        (status = 204, description = "this device is the tablet"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid kiosk token"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "another device is the tablet"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape, or no SHA-256"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; send it again"),
    ),
    security(("kiosk" = []))
)]
pub async fn post(
    State(state): State<AppState>,
    Extension(pairing): Extension<Pairing>,
    body: Body,
) -> Result<StatusCode, Problem> {
    let body = text(body, MAX_BYTES).await?;
    let request: ClaimRequest = body.json()?;
    let mut device = [0; 32];
    hex::decode_to_slice(&request.device_sha256, &mut device).map_err(|_| {
        let detail = "device_sha256 has 64 hexadecimal digits";
        Problem::new(ProblemKind::NoHash, detail)
    })?;
    if state.is_demo || state.store.system().claim_pairing(pairing.id, device, state.clock.now()).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let detail = "the address has made another device a tablet";
    Err(Problem::new(ProblemKind::AddressUsed, detail))
}
