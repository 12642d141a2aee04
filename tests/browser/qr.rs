//! The QR codes, read as a phone's camera would: from the poster and from the terminal.

use std::path::Path;

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    program::ask,
};

use crate::steps::log_in;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_code_opens_the_phone_page() {
    let demo = Demo::first_start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let terminal = folder.path().join("terminal.pgm");
    std::fs::write(&terminal, photograph(&demo.terminal_code())).expect("a picture");
    assert_eq!(read(&terminal).await, demo.phone);

    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    let event = demo.tonight().await["id"].as_str().expect("an id").to_owned();
    for size in ["a3", "a4", "a5"] {
        staff.goto(format!("{}/staff/events/{event}/poster?size={size}", demo.serving.base)).await;
        let poster = folder.path().join(size).with_extension("png");
        let code = staff.find(".poster-code").await;
        code.screenshot(&poster).await.expect("a picture");
        assert_eq!(read(&poster).await, demo.phone, "{size}");
    }
    staff.close().await;

    let phone = Browser::open(Screen::PHONE).await;
    phone.goto(&demo.phone).await;
    phone.wait_for("form .faces").await;
    phone.close().await;
}

const DARK: (&str, &str) = ("prefers-color-scheme", "dark");

const MARGIN: &str = "const code = document.querySelector('.qr');
    const { backgroundColor, fill, paddingTop, colorScheme } = getComputedStyle(code);
    return [backgroundColor, fill, parseFloat(paddingTop) > 4, colorScheme];";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_code_can_be_read_whatever_the_browser_does_to_colours() {
    let demo = Demo::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("code.png");
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    let event = demo.tonight().await["id"].as_str().expect("an id").to_owned();
    let poster = format!("{}/staff/events/{event}/poster", demo.serving.base);
    let tablet = Browser::open(Screen::TABLET).await;
    let pairing = format!("{}/kiosk", demo.serving.base);
    // A browser darkens pages by force at night, when it also says that dark is preferred.
    for (forced, modes) in [
        (false, vec![vec![("prefers-color-scheme", "light")], vec![DARK], vec![("forced-colors", "active")]]),
        (true, vec![vec![DARK], vec![DARK, ("forced-colors", "active")]]),
    ] {
        if forced {
            staff.darken().await;
            tablet.darken().await;
        }
        for mode in modes {
            for (browser, page, code) in [(&staff, &poster, ".poster-code"), (&tablet, &pairing, ".pair")] {
                browser.prefer(&mode).await;
                browser.goto(page).await;
                let code = browser.find(&format!("{code} .qr")).await;
                code.screenshot(&picture).await.expect("a picture");
                let says = read(&picture).await;
                assert!(says.starts_with(&demo.serving.base), "{says:?} on {page} in {mode:?}, {forced}");
                // A camera needs the margin, which the page gives the code in its own card.
                let looks = browser.execute(MARGIN, Vec::new()).await;
                let wanted = serde_json::json!(["rgb(255, 255, 255)", "rgb(0, 0, 0)", true, "light only"]);
                assert_eq!(looks, wanted, "{page} in {mode:?}, {forced}");
            }
        }
    }
    staff.close().await;
    tablet.close().await;
}

/// What a QR code in a picture says.
pub(crate) async fn read(picture: &Path) -> String {
    ask("zbarimg", &["--raw", "--quiet", "--nodbus", picture.to_str().expect("UTF-8")]).await.trim_end().to_owned()
}

/// The half blocks of a terminal with light text on a dark ground, as a picture: PGM, grey, binary.
fn photograph(lines: &[&str]) -> Vec<u8> {
    /// Pixels across each half block.
    const SCALE: usize = 8;
    /// The darkness of the terminal around the code, in half blocks.
    const MARGIN: usize = 4;
    let halves = |character| match character {
        '█' => [true, true],
        '▀' => [true, false],
        '▄' => [false, true],
        ' ' => [false, false],
        other => panic!("{other:?} is no half block"),
    };
    let rows = lines
        .iter()
        .flat_map(|line| [0, 1].map(|half| line.chars().map(|character| halves(character)[half]).collect::<Vec<_>>()));
    let rows: Vec<Vec<bool>> = rows.collect();
    let width = (rows.iter().map(Vec::len).max().unwrap_or_default() + 2 * MARGIN) * SCALE;
    let height = (rows.len() + 2 * MARGIN) * SCALE;
    let mut picture = format!("P5 {width} {height} 255\n").into_bytes();
    let light = |x: usize, y: usize| {
        let (column, row) = ((x / SCALE).checked_sub(MARGIN)?, (y / SCALE).checked_sub(MARGIN)?);
        rows.get(row)?.get(column).copied()
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    picture.extend(pixels.map(|(x, y)| if light(x, y).unwrap_or(false) { 255 } else { 0 }));
    picture
}
