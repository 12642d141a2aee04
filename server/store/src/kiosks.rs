//! Kiosks, and the pairings that connect tablets with them.

use async_trait::async_trait;
use domain::{
    heartbeat::Heartbeat,
    id::{KioskId, PairingId, VenueId},
    time::Millis,
};

use super::StoreError;

/// The SHA-256 of a bearer token: all that the store ever knows of it.
pub type TokenHash = [u8; 32];

/// An active pairing of a tablet with a kiosk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// which pairing
    pub id: PairingId,
    /// with which kiosk
    pub kiosk: KioskId,
    /// where the kiosk stands: "foyer"
    pub kiosk_name: String,
    /// in which venue
    pub venue: VenueId,
}

/// From when until when a tablet was paired, milliseconds UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairingSpan {
    /// since when
    pub from: Millis,
    /// until when; `None`: still
    pub until: Option<Millis>,
}

impl PairingSpan {
    /// Whether a tablet was paired at an instant that is known within `slack`.
    #[must_use]
    pub fn contains(&self, at: Millis, slack: Millis) -> bool {
        at >= self.from - slack && self.until.is_none_or(|until| at <= until + slack)
    }
}

/// Kiosks and pairings.
#[async_trait]
pub trait Kiosks {
    /// Adds a kiosk at a venue, paired with whoever holds the token.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn add_kiosk(&self, pairing: &Pairing, token: TokenHash, at: Millis) -> Result<(), StoreError>;

    /// The pairing of a token that has not been revoked.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn pairing_by_token(&self, token: TokenHash) -> Result<Option<Pairing>, StoreError>;

    /// Any pairing, also a revoked one: another tablet may deliver its answers.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn pairing(&self, id: PairingId) -> Result<Option<Pairing>, StoreError>;

    /// From when until when a tablet was paired.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn pairing_span(&self, id: PairingId) -> Result<Option<PairingSpan>, StoreError>;

    /// Somebody says on a device that it is the tablet for which the address of a pairing was printed. False, and
    /// remembered, where that was said on another one before, or the token is in use already. A device is known by
    /// the hash of a number that it made.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn claim_pairing(&self, id: PairingId, device: [u8; 32], at: Millis) -> Result<bool, StoreError>;

    /// Revokes a pairing: its token opens nothing any more. False where it was not active.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn revoke_pairing(&self, id: PairingId, at: Millis) -> Result<bool, StoreError>;

    /// Remembers the last sign of life.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn record_heartbeat(&self, id: PairingId, beat: &Heartbeat, at: Millis) -> Result<(), StoreError>;

    /// The highest response number seen from a pairing, from responses and signs of life; 0 at first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn seq_seen(&self, id: PairingId) -> Result<u64, StoreError>;
}
