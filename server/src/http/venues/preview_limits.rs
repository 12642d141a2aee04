//! `POST /api/v1/venues/{id}/limits/preview`

use api::decisions::{Limits, LimitsPreview};
use axum::{Json, body::Body, extract::Path};
use domain::{id::VenueId, venue_settings::Burst};
use uuid::Uuid;

use crate::http::{
    events::decide::MAX_BYTES, json::text, problem::Problem, problem_kind::ProblemKind, staff_context::StaffContext,
};

/// Says what other limits of a venue would change; nothing is changed.
///
/// # Errors
/// A problem document where there is no such venue in the caller's scope, the body cannot be read, a limit is out of
/// range, or the store cannot do it now.
#[utoipa::path(
    post, path = "/api/v1/venues/{id}/limits/preview", tag = "events", params(("id" = Uuid, Path)),
    request_body = Limits,
    responses(
        (status = 200, body = LimitsPreview),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no id, not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "editors only"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no such venue"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape, or a number out of range"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble"),
    ),
    security(("staff" = []))
)]
pub async fn post(staff: StaffContext, Path(id): Path<Uuid>, body: Body) -> Result<Json<LimitsPreview>, Problem> {
    let Limits { most, most_by_code, within_ms } = text(body, MAX_BYTES).await?.json()?;
    if most.max(most_by_code) > Burst::MOST || !(1..=Burst::LONGEST).contains(&within_ms) {
        let detail = format!("at most {} responses within at most {} ms", Burst::MOST, Burst::LONGEST);
        return Err(Problem::new(ProblemKind::OutOfRange, detail));
    }
    let limits = Burst { most, most_by_code, within_ms };
    let preview = staff.preview(VenueId(id), &limits).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(LimitsPreview {
        would_count: preview.would_count as u64,
        would_be_set_aside: preview.would_be_set_aside as u64,
        places: preview.places as u64,
        of_places: preview.of_places as u64,
    }))
}
