//! What becomes of a file: honest ones, broken ones, and those that were made to do harm.

#![expect(clippy::unwrap_used, reason = "a test that finds something wrong fails at once")]

mod drawings;
mod files;
mod rasters;

use pictures::Logo;

/// The colour in the middle of a logo, which has nothing but pixels in its file.
fn middle(logo: &Logo) -> [u8; 3] {
    for picture in [&logo.large, &logo.small] {
        let mut at = 8;
        while at < picture.png.len() {
            let length = u32::from_be_bytes(picture.png[at..at + 4].try_into().unwrap()) as usize;
            let kind = &picture.png[at + 4..at + 8];
            assert!([&b"IHDR"[..], b"IDAT", b"IEND"].contains(&kind), "{kind:?}");
            at += length + 12;
        }
    }
    let image = image::load_from_memory(&logo.large.png).unwrap().into_rgb8();
    image.get_pixel(image.width() / 2, image.height() / 2).0
}
