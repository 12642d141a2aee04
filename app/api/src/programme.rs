//! What other people's programs read about places and shows, to make sense of the ids of events.

use domain::{event::Venue, id::ProductionId, lang::Text};
use serde::Serialize;

#[cfg(feature = "openapi")]
use crate::schema;

/// The venues that the caller may see.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VenueList {
    /// by name
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::Venue>))]
    pub venues: Vec<Venue>,
}

/// The productions that are played in venues that the caller may see.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductionList {
    /// in the order in which they were made
    pub productions: Vec<ListedProduction>,
}

/// A show that is played many times.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedProduction {
    /// which production
    #[cfg_attr(feature = "openapi", schema(value_type = schema::ProductionId))]
    pub id: ProductionId,
    /// as on the poster
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Text))]
    pub title: Text,
}
