//! One type for each kind of identity, so that an event can never be passed where a venue belongs.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use super::time::Millis;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A venue: a place with a foyer.
    VenueId,
    /// A production: a show that is played many times.
    ProductionId,
    /// An event: one performance, concert, workshop or school visit.
    EventId,
    /// A survey, over all its versions.
    SurveyId,
    /// One published, unchangeable version of a survey.
    SurveyVersionId,
    /// A question; it survives from version to version while scale and meaning stay.
    QuestionId,
    /// A response, made on the device once, as UUIDv7, when the response begins.
    ResponseId,
    /// A kiosk: the place of a tablet, over all tablets that have stood there.
    KioskId,
    /// One pairing of a tablet with a kiosk; each numbers its responses 1, 2, 3 ...
    PairingId,
    /// A member of staff.
    UserId,
    /// Somebody who reads summaries by e-mail and has no account.
    MailReaderId,
}

impl ResponseId {
    /// A new id: a UUIDv7 of an instant and ten random bytes. It sorts by the device's clock, on
    /// which nothing depends.
    #[must_use]
    pub fn mint(now: Millis, random: &[u8; 10]) -> Self {
        Self(Builder::from_unix_timestamp_millis(now.max(0).unsigned_abs(), random).into_uuid())
    }
}
