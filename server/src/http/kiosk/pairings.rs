//! `/api/v1/kiosk/pairings`: a tablet asks for words, and then whether somebody has typed them.

use api::pairing::{Invitation, PairingRequest, QrDrawing, Welcome};
use app::pages::staff::qr::Qr;
use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::id::PairingId;
use uuid::Uuid;

use super::config::about;
use crate::{
    client_address::Source,
    http::{access::bearer, json::text, problem::Problem, problem_kind::ProblemKind, state::AppState},
    pairing, qr,
    secrets::hash_token,
};
use store::kiosks::TokenHash;

/// A hash and a language.
const MAX_BYTES: usize = 1024;

/// Where staff type the words.
const PAGE: &str = "/staff/kiosks/pair";

/// Three words for a tablet that has made itself a token. Who asks again, with the same hash, is told
/// the same words for as long as they live; they live ten minutes.
///
/// # Errors
/// A problem document where the body cannot be read, too many tablets wait, or the store cannot do
/// it now.
#[utoipa::path(
    post, path = "/api/v1/kiosk/pairings", tag = "kiosk", request_body = PairingRequest,
    responses(
        (status = 200, body = Invitation),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "not JSON or not UTF-8"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape, or no SHA-256"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many tablets wait; ask again later"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; ask again"),
    ),
    security(())
)]
pub async fn post(State(state): State<AppState>, Source(source): Source, body: Body) -> Result<Response, Problem> {
    let body = text(body, MAX_BYTES).await?;
    let request: PairingRequest = body.json()?;
    let mut token: TokenHash = [0; 32];
    hex::decode_to_slice(&request.token_sha256, &mut token).map_err(|_| {
        let detail = "token_sha256 has 64 hexadecimal digits";
        Problem::new(ProblemKind::NoHash, detail)
    })?;
    let Some(pairing::Invitation { waiting, words }) = state.pairings.invite(token, source).await? else {
        let detail = "too many tablets wait to be paired; ask again in some seconds";
        let problem = Problem::new(ProblemKind::TooManyWaiting, detail);
        return Ok(([(header::RETRY_AFTER, "5")], problem).into_response());
    };
    let address = state.address(PAGE);
    let with_words = format!("{address}?words={}", words.in_address(request.lang));
    let qr = qr::modules(&with_words).map_err(|error| Problem::unexpected(&error))?;
    Ok(unseen(Json(Invitation {
        id: waiting.id,
        words: words.spoken(request.lang).map(str::to_owned).to_vec(),
        expires_at: waiting.expires_at,
        server_now: state.clock.now(),
        address,
        qr: drawing(&qr),
    })))
}

/// Whether somebody has typed the words: 202 where not yet, the kiosk where they have. It may be asked
/// as often as one likes, and should be every other second: where too many wait, one that does not ask
/// gives way. Words that were used, have expired or gave way are not found.
///
/// # Errors
/// A problem document where no such tablet waits, or the store cannot do it now.
#[utoipa::path(
    get, path = "/api/v1/kiosk/pairings/{id}", tag = "kiosk",
    params(("id" = Uuid, Path, description = "as told with the words")),
    responses(
        (status = 200, body = Welcome, description = "the token opens what this kiosk may do"),
        (status = 202, description = "nobody has typed the words yet"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no tablet with this token waits under this id (any more); ask for new words"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; ask again"),
    ),
    security(("kiosk" = []))
)]
pub async fn get(
    State(state): State<AppState>,
    Source(source): Source,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let token = hash_token(bearer(&headers).unwrap_or_default());
    // By the token alone: whoever lost an answer on the way must not be told that nobody waits.
    if let Some(pairing) = state.cache.pairing_by_token(token).await? {
        return Ok(unseen(Json(Welcome { kiosk: about(&state, &pairing).await? })));
    }
    if state.pairings.is_waiting(PairingId(id), token, source).await? {
        return Ok(unseen(StatusCode::ACCEPTED));
    }
    Err(Problem::not_found())
}

/// No cache on the way may keep it.
fn unseen(response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn drawing(qr: &Qr) -> QrDrawing {
    QrDrawing { side: u64::try_from(qr.side()).unwrap_or_default(), path: qr.path() }
}
