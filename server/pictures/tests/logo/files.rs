//! Files as they are sent, made here.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// A picture of one colour.
pub(crate) fn plain(width: u32, height: u32, colour: [u8; 3], format: ImageFormat) -> Vec<u8> {
    written(RgbImage::from_pixel(width, height, Rgb(colour)).into(), format)
}

/// A mark of one colour in the middle of nothing.
pub(crate) fn mark(side: u32, colour: [u8; 3]) -> Vec<u8> {
    let [r, g, b] = colour;
    let is_inside = |at: u32| (side / 4..side * 3 / 4).contains(&at);
    let image =
        RgbaImage::from_fn(side, side, |x, y| Rgba([r, g, b, if is_inside(x) && is_inside(y) { 255 } else { 0 }]));
    written(image.into(), ImageFormat::Png)
}

pub(crate) fn written(image: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A PNG that says how large it is, and holds a little of it.
pub(crate) fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = plain(16, 16, [0; 3], ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1)))
    })
}

/// The same JPEG with what a camera adds: how it was held, and where.
pub(crate) fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"60.1699 N 24.9384 E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

/// Sixteen by sixteen pixels in four inks, as a printing house saves them: all magenta and yellow, nothing else.
pub(crate) fn four_inks() -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8];
    let mut segment = |marker: u8, content: &[u8]| {
        jpeg.extend([0xff, marker]);
        jpeg.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        jpeg.extend(content);
    };
    segment(0xee, b"Adobe\0\x64\0\0\0\0\0");
    segment(0xdb, &[&[0][..], &[8; 64]].concat());
    segment(0xc0, &[8, 0, 16, 0, 16, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
    // Three codes of two bits for the steps of 0, 7 and 8 bits; one code of one bit for the end of a block.
    segment(0xc4, &[&[0x00][..], &[0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[0, 7, 8]].concat());
    segment(0xc4, &[&[0x10][..], &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[0]].concat());
    segment(0xda, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    // Such programs write how much paper is left: 255 is no ink.
    let (paper, ink) = ("01 1111111 0", "10 01111111 0");
    let rest = "00 0".repeat(12);
    let bits = [paper, ink, ink, paper, &rest].concat().replace(' ', "");
    let bits: Vec<char> = bits.chars().collect();
    for byte in bits.chunks(8) {
        let padded: String = byte.iter().chain(['1'; 8].iter()).take(8).collect();
        let byte = u8::from_str_radix(&padded, 2).unwrap();
        jpeg.push(byte);
        if byte == 0xff {
            jpeg.push(0);
        }
    }
    jpeg.extend([0xff, 0xd9]);
    jpeg
}

/// A drawing of two hundred by one hundred with this in it.
pub(crate) fn drawing(inside: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 200 100\">{inside}</svg>")
        .into_bytes()
}
