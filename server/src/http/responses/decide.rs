//! `POST /api/v1/responses/{id}/decisions`

use api::decisions::{Decided, ResponseDecision};
use axum::{Json, body::Body, extract::Path};
use domain::id::ResponseId;
use store::decisions::Which;
use uuid::Uuid;

use crate::{
    decisions::decide,
    http::{
        events::decide::{MAX_BYTES, decision, log},
        json::text,
        problem::Problem,
        staff_context::StaffContext,
    },
};

/// Puts one response back, or sets it aside. Of one that is not there for the caller, 0 are decided about.
///
/// # Errors
/// A problem document where the body cannot be read, no reason is given, or the store cannot do it now.
#[utoipa::path(
    post, path = "/api/v1/responses/{id}/decisions", tag = "events", params(("id" = Uuid, Path)),
    request_body = ResponseDecision,
    responses(
        (status = 200, body = Decided),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no id, not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "editors only"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape, or no reason"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; send it again"),
    ),
    security(("staff" = []))
)]
pub async fn post(staff: StaffContext, Path(id): Path<Uuid>, body: Body) -> Result<Json<Decided>, Problem> {
    let ResponseDecision { verdict, why } = text(body, MAX_BYTES).await?.json()?;
    let decision = decision(&staff, verdict, &why)?;
    let which = Which::One(ResponseId(id));
    let responses = decide(&*staff.store, &which, &decision).await? as u64;
    log(&which, &decision, responses);
    Ok(Json(Decided { responses }))
}
