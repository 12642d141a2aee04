//! The sizes that are kept.

use image::{
    ExtendedColorType, ImageEncoder, RgbImage, RgbaImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
    imageops::{self, FilterType as Sampling},
};

use crate::{Logo, LogoRefusal, Picture};

/// Something to fit into.
struct Frame {
    width: u32,
    height: u32,
    /// how heavy the file may be, in bytes
    weight: usize,
}

const LARGE: Frame = Frame { width: LARGE_SIZE.0, height: LARGE_SIZE.1, weight: 400_000 };
const SMALL: Frame = Frame { width: 480, height: 144, weight: 32_000 };

/// What is drawn for paper, in pixels.
pub(crate) const LARGE_SIZE: (u32, u32) = (1200, 480);

/// Both sizes of a picture that lets nothing through.
pub(crate) fn logo(image: RgbaImage) -> Result<Logo, LogoRefusal> {
    let image = image::DynamicImage::ImageRgba8(image).into_rgb8();
    let large = fitted(&image, &LARGE)?;
    Ok(Logo { small: fitted(&image, &SMALL)?, large })
}

/// A picture that fits, made smaller until it is light enough: a photograph does not become small as a drawing does.
fn fitted(image: &RgbImage, frame: &Frame) -> Result<Picture, LogoRefusal> {
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    let mut scale = (f64::from(frame.width) / width).min(f64::from(frame.height) / height).min(1.0);
    loop {
        let (width, height) = (pixels(width * scale), pixels(height * scale));
        let small = if (width, height) == image.dimensions() {
            image.clone()
        } else {
            imageops::resize(image, width, height, Sampling::CatmullRom)
        };
        let png = encoded(&small)?;
        if png.len() <= frame.weight || width.min(height) <= 8 {
            return Ok(Picture { png, width, height });
        }
        scale *= 0.8;
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1200")]
fn pixels(length: f64) -> u32 {
    length.round().max(1.0) as u32
}

fn encoded(image: &RgbImage) -> Result<Vec<u8>, LogoRefusal> {
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive);
    let written = encoder.write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8);
    written.map_err(|_| LogoRefusal::Broken)?;
    Ok(png)
}
