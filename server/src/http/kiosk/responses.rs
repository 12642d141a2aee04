//! `POST /api/v1/kiosk/responses`: a batch from an outbox.

use api::responses::{Batch, BatchResult};
use axum::{Extension, Json, body::Body, extract::State};
use domain::time::Millis;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    http::{json::text, problem::Problem, problem_kind::ProblemKind, state::AppState},
    intake::Delivery,
};
use store::kiosks::Pairing;

/// [`Batch`] with its items still unread: a bad one is refused alone, see [`crate::intake`].
#[derive(Deserialize)]
struct Incoming<'a> {
    device_now: Millis,
    #[serde(borrow)]
    responses: Vec<&'a RawValue>,
}

/// Stores what is new and says of each item what became of it.
///
/// # Errors
/// A problem document for the whole batch: not JSON, too many items, or the store cannot do it now;
/// in none of these cases is anything acknowledged.
#[utoipa::path(
    post, path = "/api/v1/kiosk/responses", tag = "kiosk", request_body = Batch,
    responses(
        (status = 200, body = BatchResult, description = "what became of each item"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid kiosk token"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many items or bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many requests of this tablet; `Retry-After` says when"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; send it again"),
    ),
    security(("kiosk" = []))
)]
pub async fn post(
    State(state): State<AppState>,
    Extension(pairing): Extension<Pairing>,
    body: Body,
) -> Result<Json<BatchResult>, Problem> {
    let body = text(body, Batch::MAX_BYTES).await?;
    let batch: Incoming<'_> = body.json()?;
    if batch.responses.len() > Batch::MAX_ITEMS {
        let detail = format!("{} items; at most {} at a time", batch.responses.len(), Batch::MAX_ITEMS);
        return Err(Problem::new(ProblemKind::TooManyItems, detail));
    }
    let received_at = state.clock.now();
    let delivery = Delivery { by: &pairing, received_at, offset_ms: received_at.saturating_sub(batch.device_now) };

    let results = state.intake.judge(&batch.responses, delivery).await?.write(&state.writer).await?;
    Ok(Json(BatchResult { server_now: received_at, epoch: state.keys.epoch.clone(), results }))
}
