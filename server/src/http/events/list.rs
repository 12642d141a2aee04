//! `GET /api/v1/events`

use std::collections::BTreeMap;

use api::events::{EventList, ListedEvent};
use axum::{Json, extract::Query};
use domain::{
    event::{Event, Window},
    id::EventId,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::{problem::Problem, staff_context::StaffContext};

/// Which events.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Span {
    /// from this instant on, milliseconds UTC
    pub from: Option<i64>,
    /// until this instant, milliseconds UTC
    pub until: Option<i64>,
}

/// Lists events.
///
/// # Errors
/// A problem document where the store cannot do it now.
#[utoipa::path(
    get, path = "/api/v1/events", tag = "events", params(Span),
    responses(
        (status = 200, body = EventList),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no such span"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble"),
    ),
    security(("staff" = []))
)]
pub async fn get(staff: StaffContext, Query(span): Query<Span>) -> Result<Json<EventList>, Problem> {
    let span = Window { from: span.from.unwrap_or(0), until: span.until.unwrap_or(i64::MAX) };
    let events = staff.store.events(span).await?;
    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let counted: BTreeMap<EventId, u64> = staff.store.counted(&ids).await?;
    let with_count = |event: Event| ListedEvent { counted: counted.get(&event.id).copied().unwrap_or(0), event };
    Ok(Json(EventList { events: events.into_iter().map(with_count).collect() }))
}
