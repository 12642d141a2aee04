//! Notices that something changed, in this process and in every other one on the same database.

use domain::id::{EventId, VenueId};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

/// What changed. A notice carries no data: whoever is interested reads again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// responses came, went or moved
    Responses {
        /// at which venue
        venue: VenueId,
        /// of which event; `None`: of a day without one
        event: Option<EventId>,
    },
    /// what is known of a kiosk's tablet, or what people are told about it
    Kiosk {
        /// at which venue
        venue: VenueId,
    },
    /// venues, events, productions or published surveys
    Programme,
    /// pairings, tokens or users, so that a revoked one is refused at once
    Access,
    /// notices may have been lost: read everything again
    Unknown,
}

/// Notices of changes.
pub trait Changes {
    /// Every change from now on. A receiver that lags must behave as after [`Change::Unknown`].
    fn changes(&self) -> broadcast::Receiver<Change>;
}
