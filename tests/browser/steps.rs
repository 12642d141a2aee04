//! What people do again and again in these stories.

use app::domain::nps::Nps;
use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};

/// The happiest face.
pub(crate) const HAPPIEST: &str = ".faces .answer:nth-child(5)";
/// How many answered.
pub(crate) const ANSWERED: &str = ".panel:has(#answered) .big";
/// How they recommend.
pub(crate) const SCORE: &str = ".panel:has(.chart-nps)";

/// The seat with this number.
pub(crate) fn seat(number: u8) -> String {
    format!(".nps .answer:nth-child({})", number + 1)
}

/// A tablet that is ready for a visitor.
pub(crate) async fn tablet(demo: &Demo) -> Browser {
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.goto(&demo.tablet).await;
    kiosk.wait_for(HAPPIEST).await;
    kiosk
}

/// From the first face to thanks: happy, a number, the first reason, no comment.
pub(crate) async fn answer_all(kiosk: &Browser, number: u8) {
    answer_but_the_last(kiosk, number).await;
    answer_the_last(kiosk).await;
}

/// [`answer_all`], as far as the comment.
pub(crate) async fn answer_but_the_last(kiosk: &Browser, number: u8) {
    kiosk.tap_until(HAPPIEST, ".nps").await;
    kiosk.tap_until(&seat(number), ".choices").await;
    kiosk.tap_until(".choices .answer:nth-child(1)", ".comment").await;
}

/// Leaves the comment empty, and is thanked.
pub(crate) async fn answer_the_last(kiosk: &Browser) {
    kiosk.tap_until(".step-on", ".thanks").await;
}

/// Through the real form to *Tonight*.
pub(crate) async fn log_in(staff: &Browser, demo: &Demo) {
    staff.goto(&demo.staff).await;
    staff.write("#email", &demo.email).await;
    staff.write("#password", &demo.password).await;
    staff.click("form .button").await;
    staff.wait_for(ANSWERED).await;
}

/// An office where *Tonight* is open and updates itself.
pub(crate) async fn office(demo: &Demo) -> Browser {
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, demo).await;
    staff.wait_for(".live:not(.is-off)").await;
    staff
}

/// How many answered, as *Tonight* says.
pub(crate) async fn answered(staff: &Browser) -> u64 {
    staff.text(ANSWERED).await.parse().expect("a number")
}

/// Who recommends, by the table under the chart.
pub(crate) async fn recommends(staff: &Browser) -> Nps {
    let mut cells = [0; 3];
    for (row, cell) in (1..).zip(&mut cells) {
        let css = format!("{SCORE} tbody tr:nth-child({row}) td");
        *cell = staff.text(&css).await.parse().expect("a number");
    }
    let [promoters, passives, detractors] = cells;
    Nps { promoters, passives, detractors }
}

/// The score as it is written large.
pub(crate) async fn score(staff: &Browser) -> i32 {
    staff.text(&format!("{SCORE} .big")).await.replace('\u{2212}', "-").parse().expect("a number")
}
