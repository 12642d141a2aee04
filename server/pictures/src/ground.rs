//! What stands behind a logo that lets something through.
//!
//! It is shown on paper and on a dark curtain, in mails that programs turn dark by themselves, and nobody draws it once for
//! each. So it gets its ground here, once: white, or dark where it was drawn to stand on something dark.

use image::{Pixel, Rgba, RgbaImage};

use crate::LogoRefusal;

const WHITE: [u8; 3] = [255, 255, 255];
/// The program's own darkest.
const DARK: [u8; 3] = [0x1f, 0x08, 0x17];
/// From here on a pixel is seen.
const SEEN: u8 = 64;
/// Up to here a pixel lets something through.
const WHOLE: u8 = 250;
/// So much lighter or darker something has to be in order to stand out, as WCAG counts it.
const STANDS_OUT: f64 = 1.6;

/// The same without anything that lets through.
///
/// # Errors
/// Where nothing can be seen.
pub(crate) fn filled(mut image: RgbaImage) -> Result<RgbaImage, LogoRefusal> {
    let (mut is_whole, mut seen, mut on_white, mut on_dark) = (true, 0_u64, 0_u64, 0_u64);
    let light = LUMINANCE_OF.with(|table| *table);
    let luminance =
        |[r, g, b]: [u8; 3]| [(r, 0.2126), (g, 0.7152), (b, 0.0722)].map(|(c, part)| light[usize::from(c)] * part);
    let luminance = |colour: [u8; 3]| luminance(colour).iter().sum::<f64>();
    let (white, dark) = (luminance(WHITE), luminance(DARK));
    for Rgba([r, g, b, a]) in image.pixels().copied() {
        is_whole &= a > WHOLE;
        if a >= SEEN {
            let own = luminance([r, g, b]);
            seen += 1;
            on_white += u64::from(contrast(own, white) >= STANDS_OUT);
            on_dark += u64::from(contrast(own, dark) >= STANDS_OUT);
        }
    }
    if seen == 0 {
        return Err(LogoRefusal::Blank);
    }
    let ground = if is_whole || on_white >= on_dark { WHITE } else { DARK };
    for pixel in image.pixels_mut() {
        let mut under = Rgba([ground[0], ground[1], ground[2], 255]);
        under.blend(pixel);
        under.0[3] = 255;
        *pixel = under;
    }
    if is_whole {
        return Ok(image);
    }
    // What lets something through was drawn up to its edges.
    let margin = image.width().min(image.height()).div_ceil(8);
    let (width, height) = (image.width() + 2 * margin, image.height() + 2 * margin);
    let mut around = RgbaImage::from_pixel(width, height, Rgba([ground[0], ground[1], ground[2], 255]));
    image::imageops::replace(&mut around, &image, margin.into(), margin.into());
    Ok(around)
}

thread_local! {
    /// Of each value of a colour (sRGB) how much light it is.
    static LUMINANCE_OF: [f64; 256] = std::array::from_fn(|value| {
        let value = value as f64 / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
}

/// <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>
fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
