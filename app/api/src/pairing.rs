//! How a tablet asks to be paired, and what it is told.

use domain::{id::PairingId, lang::Lang, time::Millis};
use serde::{Deserialize, Serialize};

use crate::config::KioskInfo;
#[cfg(feature = "openapi")]
use crate::schema;

/// A tablet without a kiosk asks for words. It has made its token itself and tells only its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairingRequest {
    /// SHA-256 of the token, 64 hexadecimal digits
    pub token_sha256: String,
    /// in which language the words are shown
    #[cfg_attr(feature = "openapi", schema(value_type = schema::Lang))]
    pub lang: Lang,
}

/// Somebody says on a device that it is the tablet for which the address that was opened there was printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimRequest {
    /// SHA-256 of a number that the device made and keeps, 64 hexadecimal digits: who asks again is known by it
    pub device_sha256: String,
}

/// What a tablet shows while it waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// under which it asks whether somebody has typed the words
    #[cfg_attr(feature = "openapi", schema(value_type = schema::PairingId))]
    pub id: PairingId,
    /// three
    pub words: Vec<String>,
    /// when the words open nothing any more, milliseconds UTC
    pub expires_at: Millis,
    /// the server's clock
    pub server_now: Millis,
    /// where the words are typed
    pub address: String,
    /// the same address with the words in it, for a camera
    pub qr: QrDrawing,
}

/// A QR code to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrDrawing {
    /// width and height, the white around the code included
    pub side: u64,
    /// the dark modules as an SVG path
    pub path: String,
}

/// The tablet is a kiosk now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Welcome {
    /// which one
    pub kiosk: KioskInfo,
}
