//! `POST /api/v1/kiosk/heartbeat`: a sign of life.

use api::{
    heartbeat::{HeartbeatAnswer, HeartbeatReply},
    schema,
};
use axum::{Extension, Json, body::Body, extract::State};
use domain::heartbeat::{Heartbeat, LAST_SEQ};

use super::commands;
use crate::http::{json::text, problem::Problem, problem_kind::ProblemKind, state::AppState};
use store::kiosks::Pairing;

/// A sign of life is short.
const MAX_BYTES: usize = 16 * 1024;

/// What a tablet says in words is read in a list.
const MAX_CHARS: usize = 200;

/// Remembers how the tablet is, and answers with what only Aplodi answers.
///
/// # Errors
/// A problem document where the body cannot be read or the store cannot do it now.
#[utoipa::path(
    post, path = "/api/v1/kiosk/heartbeat", tag = "kiosk", request_body = schema::Heartbeat,
    responses(
        (status = 200, body = HeartbeatAnswer),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid kiosk token"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape, or a number out of range"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many requests of this tablet; `Retry-After` says when"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; send it again"),
    ),
    security(("kiosk" = []))
)]
pub async fn post(
    State(state): State<AppState>,
    Extension(pairing): Extension<Pairing>,
    body: Body,
) -> Result<Json<HeartbeatAnswer>, Problem> {
    let body = text(body, MAX_BYTES).await?;
    let mut beat: Heartbeat = body.json()?;
    for words in [Some(&mut beat.app_version), beat.failure.as_mut(), beat.unkept.as_mut()].into_iter().flatten() {
        *words = words.chars().take(MAX_CHARS).collect();
    }
    // A build in the organisation's colours is the same program.
    if let Some((program, _)) = beat.app_version.split_once('+').and_then(|(_, build)| build.split_once('.')) {
        let length = beat.app_version.find('+').map_or(0, |plus| plus + 1 + program.len());
        beat.app_version.truncate(length);
    }
    if beat.seq > LAST_SEQ {
        let detail = format!("seq is {}; it is at most {LAST_SEQ}", beat.seq);
        return Err(Problem::new(ProblemKind::OutOfRange, detail));
    }
    if beat.pairing.is_some_and(|told| told != pairing.id) {
        // The numbers of another pairing would stay the highest of this one, and leave a gap below.
        beat.seq = 0;
    }
    let now = state.clock.now();
    state.store.system().record_heartbeat(pairing.id, &beat, now).await?;
    let epoch = state.cache.epoch().await?.to_string();
    let reply = HeartbeatReply { server_now: now, epoch, ok: HeartbeatReply::OK.into() };
    let commands = commands::hear(&state, &pairing, beat.command_done, now).await?;
    Ok(Json(HeartbeatAnswer { reply, commands }))
}
