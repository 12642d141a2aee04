//! QR codes of addresses: as SVG for paper and screens, as text for a terminal.

use qrcode::{
    EcLevel, QrCode,
    render::{svg, unicode},
    types::QrError,
};

/// Medium error correction: a poster gets scratched, and the short address keeps the code coarse.
fn code(address: &str) -> Result<QrCode, QrError> {
    QrCode::with_error_correction_level(address, EcLevel::M)
}

/// An SVG without fixed size, with the quiet zone that cameras need.
///
/// # Errors
/// Where the address is too long for a QR code.
pub fn svg(address: &str) -> Result<String, QrError> {
    let code = code(address)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build())
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
