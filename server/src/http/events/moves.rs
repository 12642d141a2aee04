//! `POST /api/v1/events/{id}/moves`

use api::moves::{Moved, SpanMove};
use axum::{Json, body::Body, extract::Path};
use domain::{event::Window, id::EventId};
use store::moving::WhichToMove;
use uuid::Uuid;

use super::decide::{MAX_BYTES, check_span};
use crate::{
    http::{json::text, problem::Problem, staff_context::StaffContext},
    moving::{move_answers, to_move},
};

/// Moves the answers of an event that were given in a span to another event of the same venue.
///
/// # Errors
/// A problem document where there is no such event in the caller's scope, the body cannot be read, or the store cannot do
/// it now.
#[utoipa::path(
    post, path = "/api/v1/events/{id}/moves", tag = "events", params(("id" = Uuid, Path)),
    request_body = SpanMove,
    responses(
        (status = 200, body = Moved),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no id, not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "editors only"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no such event, from or to"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape, or a span that is not of whole minutes"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; what was moved until then stays, send it again"),
    ),
    security(("staff" = []))
)]
pub async fn post(staff: StaffContext, Path(id): Path<Uuid>, body: Body) -> Result<Json<Moved>, Problem> {
    let SpanMove { from, until, to, dry_run } = text(body, MAX_BYTES).await?.json()?;
    let event = EventId(id);
    staff.store.event(event).await?.ok_or_else(Problem::not_found)?;
    check_span(from, until)?;
    let which = WhichToMove::Span(event, Window { from, until: until - 1 });
    let responses = if dry_run {
        to_move(&*staff.store, &which, to).await?
    } else {
        move_answers(&*staff.store, &which, to, staff.now()).await?
    };
    let responses = responses.ok_or_else(Problem::not_found)? as u64;
    tracing::info!(%event, %to, responses, dry_run, "answers moved");
    Ok(Json(Moved { responses }))
}
