//! Ids: UUIDs, one type for each kind of identity.

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(utoipa::ToSchema)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);
    )*};
}

ids! {
    /// A venue: a place with a foyer.
    VenueId,
    /// A production: a show that is played many times.
    ProductionId,
    /// An event: one performance, concert, workshop or school visit.
    EventId,
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
}
