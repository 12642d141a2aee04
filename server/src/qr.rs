//! QR codes of addresses: for paper and screens as modules to draw, for a terminal as text.

use app::pages::staff::qr::Qr;
use qrcode::{Color, EcLevel, QrCode, render::unicode, types::QrError};

/// Medium error correction: a poster gets scratched, and the short address keeps the code coarse.
fn code(address: &str) -> Result<QrCode, QrError> {
    QrCode::with_error_correction_level(address, EcLevel::M)
}

/// The modules of the code.
///
/// # Errors
/// Where the address is too long for a QR code.
pub fn modules(address: &str) -> Result<Qr, QrError> {
    let code = code(address)?;
    Ok(Qr { width: code.width(), dark: code.to_colors().into_iter().map(|color| color == Color::Dark).collect() })
}

/// Two modules a character, for a terminal with light text on a dark ground.
///
/// # Errors
/// Where the address is too long for a QR code.
pub fn terminal(address: &str) -> Result<String, QrError> {
    let code = code(address)?;
    Ok(code
        .render::<unicode::Dense1x2>()
        .dark_color(unicode::Dense1x2::Light)
        .light_color(unicode::Dense1x2::Dark)
        .build())
}
