//! The rows of venues and events.

use domain::{
    event::{Event, Venue, Window},
    id::{EventId, ProductionId, SurveyVersionId, VenueId},
    production::ProductionKind,
    time::Millis,
};
use uuid::Uuid;

use crate::{StoreError, programme::Production};

#[derive(sqlx::FromRow)]
pub(super) struct VenueRow {
    pub(super) id: Uuid,
    code: String,
    name: String,
    time_zone: String,
    languages: String,
    survey_version: Uuid,
}

impl TryFrom<VenueRow> for Venue {
    type Error = StoreError;

    fn try_from(row: VenueRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: VenueId(row.id),
            code: row.code,
            name: row.name,
            time_zone: row.time_zone,
            languages: serde_json::from_str(&row.languages)?,
            survey_version: SurveyVersionId(row.survey_version),
        })
    }
}

/// The columns `id`, `title` and `kind`.
#[derive(sqlx::FromRow)]
pub(super) struct ProductionRow {
    id: Uuid,
    title: String,
    kind: String,
}

impl TryFrom<ProductionRow> for Production {
    type Error = StoreError;

    fn try_from(row: ProductionRow) -> Result<Self, StoreError> {
        let kind =
            ProductionKind::from_name(&row.kind).ok_or_else(|| StoreError::unknown_word("production", &row.kind))?;
        Ok(Self { id: ProductionId(row.id), title: serde_json::from_str(&row.title)?, kind })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct EventRow {
    id: Uuid,
    code: String,
    venue: Uuid,
    production: Option<Uuid>,
    title: String,
    doors_at: Option<Millis>,
    starts_at: Millis,
    ends_at: Millis,
    window_from: Millis,
    window_until: Millis,
    attendance: Option<i64>,
    survey_version: Uuid,
    links: String,
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: EventId(row.id),
            code: row.code,
            venue: VenueId(row.venue),
            production: row.production.map(ProductionId),
            title: serde_json::from_str(&row.title)?,
            doors_at: row.doors_at,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            window: Window { from: row.window_from, until: row.window_until },
            attendance: row.attendance.and_then(|people| u32::try_from(people).ok()),
            survey_version: SurveyVersionId(row.survey_version),
            links: serde_json::from_str(&row.links)?,
        })
    }
}
