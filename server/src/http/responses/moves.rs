//! `POST /api/v1/responses/{id}/moves`

use api::moves::{Moved, ResponseMove};
use axum::{Json, body::Body, extract::Path};
use domain::id::ResponseId;
use store::moving::WhichToMove;
use uuid::Uuid;

use crate::{
    http::{events::decide::MAX_BYTES, json::text, problem::Problem, staff_context::StaffContext},
    moving::move_answers,
};

/// Moves one answer to another event of the same venue. Of one that is not there for the caller, 0 are moved.
///
/// # Errors
/// A problem document where there is no such event in the caller's scope, the body cannot be read, or the store cannot do
/// it now.
#[utoipa::path(
    post, path = "/api/v1/responses/{id}/moves", tag = "events", params(("id" = Uuid, Path)),
    request_body = ResponseMove,
    responses(
        (status = 200, body = Moved),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no id, not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "editors only"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no such event"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; send it again"),
    ),
    security(("staff" = []))
)]
pub async fn post(staff: StaffContext, Path(id): Path<Uuid>, body: Body) -> Result<Json<Moved>, Problem> {
    let ResponseMove { to } = text(body, MAX_BYTES).await?.json()?;
    let which = WhichToMove::One(ResponseId(id));
    let moved = move_answers(&*staff.store, &which, to, staff.now()).await?;
    let responses = moved.ok_or_else(Problem::not_found)? as u64;
    tracing::info!(%to, responses, "an answer moved");
    Ok(Json(Moved { responses }))
}
