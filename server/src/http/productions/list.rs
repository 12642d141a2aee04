//! `GET /api/v1/productions`

use api::programme::{ListedProduction, ProductionList};
use axum::Json;
use store::programme::Production;

use crate::http::{problem::Problem, staff_context::StaffContext};

/// Lists productions.
///
/// # Errors
/// A problem document where the store cannot do it now.
#[utoipa::path(
    get, path = "/api/v1/productions", tag = "events",
    responses(
        (status = 200, body = ProductionList),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble"),
    ),
    security(("staff" = []))
)]
pub async fn get(staff: StaffContext) -> Result<Json<ProductionList>, Problem> {
    let productions = staff.store.productions().await?;
    let listed = |Production { id, title, .. }| ListedProduction { id, title };
    Ok(Json(ProductionList { productions: productions.into_iter().map(listed).collect() }))
}
