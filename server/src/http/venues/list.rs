//! `GET /api/v1/venues`

use api::programme::VenueList;
use axum::Json;

use crate::http::{problem::Problem, staff_context::StaffContext};

/// Lists venues.
///
/// # Errors
/// A problem document where the store cannot do it now.
#[utoipa::path(
    get, path = "/api/v1/venues", tag = "events",
    responses(
        (status = 200, body = VenueList),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble"),
    ),
    security(("staff" = []))
)]
pub async fn get(staff: StaffContext) -> Result<Json<VenueList>, Problem> {
    Ok(Json(VenueList { venues: staff.store.venues().await? }))
}
