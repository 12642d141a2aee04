//! PNG and JPEG.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbaImage};

use crate::{LogoRefusal, MOST_PIXELS};

/// What a decoder may need beside the picture: its own tables, and what is told about the picture.
const BESIDE: u64 = 32 * 1024 * 1024;

/// Which of both it is, by its first bytes; `None` where neither.
pub(crate) fn format(file: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(file).ok()?;
    [ImageFormat::Png, ImageFormat::Jpeg].contains(&format).then_some(format)
}

/// The pixels, upright.
pub(crate) fn pixels(file: &[u8], format: ImageFormat) -> Result<RgbaImage, LogoRefusal> {
    if let Some((width, height)) = said(file, format) {
        fits(width, height)?;
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_PIXELS * 4 + BESIDE);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    fits(width, height)?;
    // Of sixteen bits to a colour half as many.
    if decoder.total_bytes() > MOST_PIXELS * 4 {
        return Err(LogoRefusal::TooManyPixels);
    }
    // A camera writes down how it was held, instead of turning the picture.
    let orientation = decoder.orientation().map_err(refusal)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    image.apply_orientation(orientation);
    Ok(image.into_rgba8())
}

/// How large a PNG says it is, before any decoder has seen it: its first chunk stands at a fixed place.
fn said(file: &[u8], format: ImageFormat) -> Option<(u32, u32)> {
    let header = file.get(12..24).filter(|header| format == ImageFormat::Png && header.starts_with(b"IHDR"))?;
    let (width, height) = (header[4..8].try_into().ok()?, header[8..12].try_into().ok()?);
    Some((u32::from_be_bytes(width), u32::from_be_bytes(height)))
}

fn fits(width: u32, height: u32) -> Result<(), LogoRefusal> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(LogoRefusal::TooManyPixels);
    }
    super::shaped(width, height)
}

fn refusal(error: ImageError) -> LogoRefusal {
    match error {
        ImageError::Limits(_) => LogoRefusal::TooManyPixels,
        _ => LogoRefusal::Broken,
    }
}
