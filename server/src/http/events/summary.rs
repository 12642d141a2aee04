//! `GET /api/v1/events/{id}/summary`

use api::events::EventSummary;
use axum::{
    Json,
    extract::{Path, Query},
};
use domain::id::EventId;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{
    http::{problem::Problem, staff_context::StaffContext},
    summaries,
};

/// What to show.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Choice {
    /// `all`: scores already from five answers on
    pub scores: Option<String>,
}

impl Choice {
    /// Whether scores were asked for from five answers on.
    #[must_use]
    pub fn all_scores(&self) -> bool {
        self.scores.as_deref() == Some("all")
    }
}

/// Sums up one event.
///
/// # Errors
/// A problem document where there is no such event in the caller's scope, or the store cannot do it now.
#[utoipa::path(
    get, path = "/api/v1/events/{id}/summary", tag = "events", params(("id" = Uuid, Path), Choice),
    responses(
        (status = 200, body = EventSummary),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no id"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no such event"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble"),
    ),
    security(("staff" = []))
)]
pub async fn get(
    staff: StaffContext,
    Path(id): Path<Uuid>,
    Query(choice): Query<Choice>,
) -> Result<Json<EventSummary>, Problem> {
    let event = staff.store.event(EventId(id)).await?.ok_or_else(Problem::not_found)?;
    let summary = summaries::of_event(&*staff.store, &event, choice.all_scores()).await?.summary;
    let collection = staff.store.collection(event.survey_version).await?;
    Ok(Json(EventSummary { event, summary, collection }))
}
