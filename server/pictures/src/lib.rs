//! Makes a picture that can be served from a file that a stranger may have made.
//!
//! Bytes come in, another picture goes out: whatever the file was, what is served was drawn here, pixel by pixel, and
//! carries nothing along (no place, no camera, no profile, no script). How large a picture is becomes known before it is
//! decoded, and what a drawing would cost before it is drawn.
//!
//! - `raster`: PNG and JPEG;
//! - `svg`: drawings, of which only shapes and colours are understood;
//! - `ground`: what stands behind a logo that lets something through;
//! - `fitted`: the sizes that are kept.
//!
//! What does not belong here: the sentences for staff (in `app`), storing and serving.

mod fitted;
mod ground;
mod raster;
mod refusal;
mod svg;

pub use self::refusal::{DrawingRefusal, LogoRefusal};

/// The largest file that is looked at, in bytes.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;
/// How many pixels a picture has at the most: four thousand by four thousand.
pub const MOST_PIXELS: u64 = 16_000_000;
/// How many pixels the shorter side has at least.
pub const SHORTEST_SIDE: u32 = 16;
/// How many times longer than the shorter the longer side may be.
pub const LONGEST_SHAPE: u32 = 12;

/// A picture as it is served: a PNG without anything but pixels, none of which lets anything through.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// the file
    pub png: Vec<u8>,
    /// pixels from left to right
    pub width: u32,
    /// pixels from top to bottom
    pub height: u32,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} × {}, {} bytes)", self.width, self.height, self.png.len())
    }
}

/// A logo in the sizes that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// for paper: at most 1200 × 480 pixels and 400 kB
    pub large: Picture,
    /// for screens and mails: at most 480 × 144 pixels and 32 kB
    pub small: Picture,
}

/// Makes a logo from a file. It may take seconds, and up to 150 MB: not on a thread that answers others, and not many
/// at once.
///
/// # Errors
/// Where it is no picture, one that is too large or too small, or one that would do more than show something.
pub fn logo(file: &[u8]) -> Result<Logo, LogoRefusal> {
    if file.is_empty() {
        return Err(LogoRefusal::Empty);
    }
    if file.len() > LARGEST_FILE {
        return Err(LogoRefusal::TooLarge);
    }
    let pixels = match raster::format(file) {
        Some(format) => raster::pixels(file, format)?,
        None => svg::pixels(file)?,
    };
    fitted::logo(ground::filled(pixels)?)
}

/// Refuses what nobody could see, or place anywhere.
fn shaped(width: u32, height: u32) -> Result<(), LogoRefusal> {
    let (short, long) = (width.min(height), width.max(height));
    if u64::from(long) > u64::from(short) * u64::from(LONGEST_SHAPE) {
        Err(LogoRefusal::TooLong)
    } else if short < SHORTEST_SIDE {
        Err(LogoRefusal::TooSmall)
    } else {
        Ok(())
    }
}
