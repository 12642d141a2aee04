//! What is known of every kiosk's tablet.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    health::Report,
    id::{KioskId, VenueId},
    time::Millis,
};

use super::StoreError;

/// A kiosk, with what is known of its tablet.
#[derive(Clone, Debug, PartialEq)]
pub struct KioskReport {
    /// which kiosk
    pub kiosk: KioskId,
    /// where it stands: "foyer"
    pub name: String,
    /// in which venue
    pub venue: VenueId,
    /// what is known
    pub report: Report,
}

/// What staff see of their tablets.
#[async_trait]
pub trait StaffHealth {
    /// Every kiosk, by name. Of the tablets that it had before, those count that were taken away after
    /// `left_since`; of conflicts, those that came after it.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn kiosk_reports(&self, left_since: Millis) -> Result<Vec<KioskReport>, StoreError>;

    /// How many responses from phones came again with other answers after an instant, too late to replace the first: they
    /// are kept, once for each. Venues without any are not among them.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn phone_conflicts(&self, since: Millis) -> Result<BTreeMap<VenueId, u64>, StoreError>;

    /// Since when a server, whichever, has listened to tablets without a pause. Where none has said
    /// so: since now.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn listening_since(&self, now: Millis) -> Result<Millis, StoreError>;
}

/// When servers listen to tablets: silence means something only then.
#[async_trait]
pub trait Listening {
    /// Remembers that a server listens to tablets now, and will until an instant.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn listen(&self, now: Millis, until: Millis) -> Result<(), StoreError>;
}
