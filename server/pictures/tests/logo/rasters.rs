//! PNG and JPEG.

use image::ImageFormat::{Jpeg, Png};
use pictures::{LARGEST_FILE, LogoRefusal, logo};

use crate::{
    files::{bomb, four_inks, held, mark, plain, written},
    middle,
};

#[test]
fn a_picture_is_drawn_anew_in_both_sizes() {
    let drawn = logo(&plain(600, 200, [10, 120, 40], Png)).unwrap();
    assert_eq!((drawn.large.width, drawn.large.height), (600, 200), "nothing is made larger than it is");
    assert_eq!((drawn.small.width, drawn.small.height), (432, 144));
    assert_eq!(middle(&drawn), [10, 120, 40]);
    let drawn = logo(&plain(300, 900, [200, 30, 30], Jpeg)).unwrap();
    assert_eq!((drawn.large.width, drawn.large.height), (160, 480));
    assert!(middle(&drawn)[0] > 190);
}

#[test]
fn what_lets_something_through_gets_a_ground_that_it_stands_out_from() {
    for (colour, ground) in [([30, 10, 60], [255; 3]), ([250, 250, 240], [0x1f, 0x08, 0x17])] {
        let drawn = logo(&mark(64, colour)).unwrap();
        assert_eq!(middle(&drawn), colour);
        let image = image::load_from_memory(&drawn.small.png).unwrap();
        assert!(!image.color().has_alpha());
        assert_eq!(image.into_rgb8().get_pixel(0, 0).0, ground, "{colour:?}");
        assert_eq!(drawn.large.width, 80, "a margin around it");
    }
    assert_eq!(logo(&written(image::RgbaImage::new(64, 64).into(), Png)).unwrap_err(), LogoRefusal::Blank);
}

#[test]
fn a_camera_that_was_held_upright_took_an_upright_picture_and_tells_nothing() {
    let lying = plain(200, 100, [90, 90, 200], Jpeg);
    let drawn = logo(&held(&lying, 6)).unwrap();
    assert_eq!((drawn.large.width, drawn.large.height), (100, 200));
    assert!(!drawn.large.png.windows(7).any(|part| part == b"60.1699"));
    // What a camera writes wrongly is no reason to refuse its picture.
    assert_eq!(logo(&held(&lying, 77)).unwrap().large.width, 200);
}

#[test]
fn a_printing_house_file_in_four_inks_keeps_its_colour() {
    let [r, g, b] = middle(&logo(&four_inks()).unwrap());
    assert!(r > 200 && g < 60 && b < 60, "{r} {g} {b}");
}

#[test]
fn sizes_are_known_before_anything_is_decoded() {
    assert_eq!(logo(&bomb(30_000, 30_000)).unwrap_err(), LogoRefusal::TooManyPixels);
    assert_eq!(logo(&bomb(u32::MAX >> 1, u32::MAX >> 1)).unwrap_err(), LogoRefusal::TooManyPixels);
    assert_eq!(logo(&bomb(30_000, 30_000)[..33]).unwrap_err(), LogoRefusal::TooManyPixels, "its head alone");
    assert_eq!(logo(&bomb(60_000, 2)).unwrap_err(), LogoRefusal::TooLong);
    assert_eq!(logo(&bomb(15, 15)).unwrap_err(), LogoRefusal::TooSmall);
    assert_eq!(logo(&vec![b'x'; LARGEST_FILE + 1]).unwrap_err(), LogoRefusal::TooLarge);
}

#[test]
fn what_is_no_picture_or_half_of_one_is_refused() {
    let whole = plain(400, 200, [1, 2, 3], Png);
    assert_eq!(logo(&[]).unwrap_err(), LogoRefusal::Empty);
    for (file, refusal) in [
        (&b"GIF89a\x01\0\x01\0"[..], LogoRefusal::OtherKind),
        (b"%PDF-1.7", LogoRefusal::OtherKind),
        (b"RIFF\x10\0\0\0WEBPVP8 ", LogoRefusal::OtherKind),
        (b"<!doctype html><html></html>", LogoRefusal::Broken),
        (b"\xff\xd8\xff\xe0", LogoRefusal::Broken),
        (&whole[..whole.len() / 2], LogoRefusal::Broken),
        (&whole[..20], LogoRefusal::Broken),
    ] {
        assert_eq!(logo(file).unwrap_err(), refusal, "{:?}", &file[..file.len().min(12)]);
    }
}

#[test]
fn a_photograph_is_made_light() {
    let mut seed = 7_u32;
    let noise = image::RgbImage::from_fn(500, 400, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb(seed.to_be_bytes()[..3].try_into().unwrap())
    });
    let drawn = logo(&written(noise.into(), Png)).unwrap();
    assert!(drawn.small.png.len() <= 32_000 && drawn.large.png.len() <= 400_000, "{drawn:?}");
}
