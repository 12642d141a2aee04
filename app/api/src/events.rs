//! What other people's programs read about events.

use domain::{event::Event, id::ProductionId, summary::Summary, survey::Collection};
use serde::Serialize;

#[cfg(feature = "openapi")]
use crate::schema;

/// How an event went.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventSummary {
    /// the event
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Event))]
    pub event: Event,
    /// the numbers
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Summary))]
    pub summary: Summary,
    /// why its survey is asked
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Collection))]
    pub collection: Collection,
    /// how late the numbers are while answers come in: `off`, `five_minutes`, `fifteen_minutes`, `steps_of_five`
    pub live_delay: &'static str,
    /// the course that the event is a meeting of: then there are no numbers but how many answered, since the answers of all
    /// meetings are told together
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub course: Option<ProductionId>,
}

/// The events that the caller may see.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventList {
    /// by start
    pub events: Vec<ListedEvent>,
}

/// An event and how many answered.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedEvent {
    /// the event
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Event))]
    pub event: Event,
    /// responses that are part of its scores
    pub counted: u64,
}
