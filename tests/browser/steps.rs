//! What people do again and again in these stories.

use domain::nps::Nps;
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

/// A tablet that is ready for a visitor, who may take as long as the machine needs.
pub(crate) async fn tablet(demo: &Demo) -> Browser {
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.stop_the_clock().await;
    ready(kiosk, demo).await
}

/// A tablet that is ready for a visitor, and whose clock goes on: it will wait for a pairing, or for a server that is
/// away, and by the clock it knows for how long.
pub(crate) async fn waiting_tablet(demo: &Demo) -> Browser {
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.hold_the_clock().await;
    ready(kiosk, demo).await
}

async fn ready(kiosk: Browser, demo: &Demo) -> Browser {
    kiosk.become_tablet(&demo.tablet).await;
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

/// Thanks come to their end, and the tablet waits for the next visitor.
pub(crate) async fn next_visitor(kiosk: &Browser) {
    kiosk.forward_until(HAPPIEST).await;
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

/// The page of the kiosk where tonight's show is, for somebody who is logged in.
pub(crate) async fn page_of_a_kiosk(staff: &Browser, demo: &Demo) -> String {
    const KIOSK: &str = "const [venue] = arguments;
        const name = document.querySelector(`option[value='new:${venue}']`).text;
        const there = (option) => option.value.startsWith('instead:') && option.text.endsWith(`, ${name}`);
        return [...document.querySelectorAll('#place option')].find(there).value;";
    staff.goto(format!("{}/staff/kiosks/pair", demo.serving.base)).await;
    staff.wait_for("#place").await;
    let kiosk = staff.execute(KIOSK, vec![demo.tonight().await["venue"].clone()]).await;
    format!("/staff/kiosks/{}", kiosk.as_str().and_then(|kiosk| kiosk.strip_prefix("instead:")).expect("a kiosk"))
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
