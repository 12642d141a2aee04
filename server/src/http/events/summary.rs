//! `GET /api/v1/events/{id}/summary`

use api::events::EventSummary;
use axum::{
    Json,
    extract::{Path, Query},
};
use domain::{event::Subject, id::EventId};
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
    let id = EventId(id);
    // At once: what is asked of the database one after the other takes as long as everything else together.
    let (found, tally, course) = tokio::try_join!(
        staff.store.event_and_collection(id),
        staff.store.tally(Subject::Event(id), None),
        staff.store.course_of(id)
    )?;
    let (event, collection) = found.ok_or_else(Problem::not_found)?;
    let summarised = summaries::of_tally(&*staff.store, staff.surveys(), &event, &tally, choice.all_scores()).await?;
    let summary = summarised.as_meeting_of(course).summary;
    Ok(Json(EventSummary { event, summary, collection, live_delay: staff.delay.as_str(), course }))
}
