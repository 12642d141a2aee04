//! Drawings, of which only shapes and colours are understood.
//!
//! - `checked`: what stands in the text, before anything is made of it;
//! - `cost`: what drawing it would take, before it is drawn.

mod checked;
mod cost;

use image::{Rgba, RgbaImage};
use resvg::{
    tiny_skia::{Pixmap, PremultipliedColorU8, Transform},
    usvg::{ImageHrefResolver, Options, Tree},
};

use crate::{LogoRefusal, fitted::LARGE_SIZE, shaped};

/// The drawing in pixels, as large as it is kept.
pub(crate) fn pixels(file: &[u8]) -> Result<RgbaImage, LogoRefusal> {
    let document = checked::document(file)?;
    // Nothing is fetched, whatever stands there: no element that could ask for it has been let through either.
    let nothing = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver: nothing, ..Options::default() };
    let tree = Tree::from_xmltree(&document, &options).map_err(|_| LogoRefusal::Broken)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = (LARGE_SIZE.0 as f32 / width).min(LARGE_SIZE.1 as f32 / height);
    let pixels = |length: f32| pixels_of(length * scale);
    let (width, height) = (pixels(width), pixels(height));
    shaped(width, height)?;
    cost::bearable(&tree, scale, (width, height))?;
    let mut canvas = Pixmap::new(width, height).ok_or(LogoRefusal::TooLong)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let colours = canvas.pixels().iter().map(PremultipliedColorU8::demultiply);
    let bytes = colours.flat_map(|pixel| Rgba([pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).0).collect();
    RgbaImage::from_raw(width, height, bytes).ok_or(LogoRefusal::Broken)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1200")]
fn pixels_of(length: f32) -> u32 {
    length.round().max(1.0) as u32
}
