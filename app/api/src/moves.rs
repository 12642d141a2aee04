//! Answers that staff's programs move to another event of the same venue.

use domain::id::EventId;
use serde::{Deserialize, Serialize};

/// The answers of an event that were given in a span.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpanMove {
    /// given from this whole minute on, milliseconds UTC
    pub from: i64,
    /// and before this one
    pub until: i64,
    /// the event that they are about
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub to: EventId,
    /// whether nothing is moved, and only said how many it would be
    #[serde(default)]
    pub dry_run: bool,
}

/// One answer.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResponseMove {
    /// the event that it is about
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub to: EventId,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Moved {
    /// so many; what was there already, or was given at another venue, is not among them
    pub responses: u64,
}
