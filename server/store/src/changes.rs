//! Notices that something changed, in this process and in every other one on the same database.

use domain::id::{EventId, VenueId};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{
    self,
    error::{RecvError, TryRecvError},
};

use super::{Scope, responses::Placement};

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

impl Change {
    /// That a response there came, went or moved.
    pub(super) const fn of_response(place: &Placement) -> Self {
        Self::Responses { venue: place.venue, event: place.event }
    }

    /// Whether somebody with this scope may know of it.
    fn is_within(self, scope: &Scope) -> bool {
        match self {
            Self::Responses { venue, .. } | Self::Kiosk { venue } => scope.allows(venue),
            Self::Programme | Self::Access | Self::Unknown => true,
        }
    }
}

/// Notices of changes.
pub trait Changes {
    /// Every change from now on. A receiver that lags must behave as after [`Change::Unknown`].
    fn changes(&self) -> broadcast::Receiver<Change>;
}

/// Notices of changes, for staff.
pub trait StaffChanges {
    /// Every change from now on that they may know of.
    fn changes(&self) -> ScopedChanges;
}

/// Hears of changes within a scope, and of nothing else: not even that something came elsewhere.
#[derive(Debug)]
pub struct ScopedChanges {
    changes: broadcast::Receiver<Change>,
    scope: Scope,
}

impl ScopedChanges {
    pub(super) const fn new(changes: broadcast::Receiver<Change>, scope: Scope) -> Self {
        Self { changes, scope }
    }

    /// The next change. May be dropped while it waits: nothing is lost.
    ///
    /// # Errors
    /// Where the receiver lagged, or nothing comes any more.
    pub async fn recv(&mut self) -> Result<Change, RecvError> {
        loop {
            match self.changes.recv().await {
                Ok(change) if !change.is_within(&self.scope) => {}
                heard => return heard,
            }
        }
    }

    /// The next change that is there already.
    ///
    /// # Errors
    /// Where there is none, the receiver lagged, or nothing comes any more.
    pub fn try_recv(&mut self) -> Result<Change, TryRecvError> {
        loop {
            match self.changes.try_recv() {
                Ok(change) if !change.is_within(&self.scope) => {}
                heard => return heard,
            }
        }
    }
}
