//! Every screen at every size, for people to look at.

use aplodi::clock::{Clock, SystemClock};
use domain::time::DAY;
use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    store::on_sqlite,
};

use crate::{
    album::{Album, CALM},
    kiosk_asleep::closed_tablet,
    scale::workshop_tonight,
    staff_corner::{action, open_corner, pin_of, type_pin},
    staff_pages::{SetUpLinks, StaffPages},
    steps::{HAPPIEST, log_in, next_visitor, seat, tablet},
};

const SCHEMES: [&str; 2] = ["light", "dark"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kiosk() {
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    let mut album = Album::of(&kiosk).await;
    for contrast in ["", "contrast-"] {
        if !contrast.is_empty() {
            kiosk.click(".tool[aria-pressed=false]").await;
            kiosk.wait_for("html[data-contrast=high]").await;
        }
        album.kiosk(&format!("{contrast}1-face")).await;
        kiosk.tap_until(HAPPIEST, ".nps").await;
        album.kiosk(&format!("{contrast}2-nps")).await;
        kiosk.skip(20_000).await;
        kiosk.wait_for(".overlay").await;
        album.kiosk(&format!("{contrast}2-countdown")).await;
        kiosk.click(".overlay .button").await;
        kiosk.wait_for_end_of(".overlay").await;
        kiosk.tap_until(&seat(8), ".choices").await;
        album.kiosk(&format!("{contrast}3-happy")).await;
        kiosk.tap_until(".choices .answer:nth-child(2)", ".comment").await;
        album.kiosk(&format!("{contrast}4-comment")).await;
        kiosk.tap_until(".step-on", ".thanks").await;
        album.kiosk(&format!("{contrast}5-thanks")).await;
        next_visitor(&kiosk).await;
    }
    kiosk.tap_until(".faces .answer:nth-child(1)", ".nps").await;
    kiosk.tap_until(&seat(0), ".choices.is-many").await;
    album.kiosk("3-unhappy").await;
    kiosk.goto("about:blank").await;

    let unpaired = Browser::open(Screen::TABLET).await;
    unpaired.goto(format!("{}/kiosk", demo.serving.base)).await;
    unpaired.wait_for(".words").await;
    let mut notices = Album::of(&unpaired).await;
    notices.kiosk("unpaired").await;
    for lang in ["sv", "en", "fi"] {
        unpaired.click(&format!(".langs button[lang={lang}]")).await;
        unpaired.wait_for(&format!(".langs button[lang={lang}][aria-pressed=true]")).await;
        notices.phone(&format!("unpaired-{lang}")).await;
    }
    notices.everything_fits();
    album.everything_fits();
    unpaired.close().await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff_corner() {
    let demo = Demo::start().await;
    let pin = pin_of(&demo).await;
    let kiosk = tablet(&demo).await;
    let mut album = Album::of(&kiosk).await;
    open_corner(&kiosk).await;
    album.kiosk("corner-pin").await;
    type_pin(&kiosk, &pin).await;
    kiosk.wait_for(".corner .sheet").await;
    for lang in ["sv", "en", "fi"] {
        kiosk.click(&format!(".corner-langs button[lang={lang}]")).await;
        kiosk.wait_for(&format!(".corner[lang={lang}]")).await;
        album.kiosk(&format!("corner-sheet-{lang}")).await;
    }
    kiosk.click(&action(3)).await;
    kiosk.wait_for(".band").await;
    kiosk.click(&action(5)).await;
    kiosk.wait_for_end_of(".corner").await;
    album.kiosk("demo-1-face").await;
    open_corner(&kiosk).await;
    type_pin(&kiosk, &pin).await;
    kiosk.click(&action(4)).await;
    kiosk.wait_for(".corner-lead").await;
    album.kiosk("corner-unpair").await;
    album.everything_fits();
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kiosk_asleep() {
    on_sqlite(async |db| {
        let (serving, kiosk) = closed_tablet(db, SystemClock.now() + 2 * DAY).await;
        kiosk.wait_for(".asleep").await;
        let mut album = Album::of(&kiosk).await;
        album.kiosk("asleep").await;
        album.everything_fits();
        kiosk.close().await;
        assert!(serving.stop().await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_scale() {
    let demo = workshop_tonight().await;
    let kiosk = tablet(&demo).await;
    let mut album = Album::of(&kiosk).await;
    for contrast in ["", "contrast-"] {
        if !contrast.is_empty() {
            kiosk.click(".tool[aria-pressed=false]").await;
            kiosk.wait_for("html[data-contrast=high]").await;
        }
        kiosk.tap_until(HAPPIEST, ".scale").await;
        album.kiosk(&format!("{contrast}scale")).await;
        kiosk.tap_until(".scale .answer:nth-child(4)", ".comment").await;
        kiosk.tap_until(".step-on", ".thanks").await;
        next_visitor(&kiosk).await;
    }
    album.everything_fits();
    kiosk.close().await;
    let phone = Browser::open(Screen::PHONE).await;
    let mut album = Album::of(&phone).await;
    for scheme in SCHEMES {
        phone.prefer(&[CALM, ("prefers-color-scheme", scheme)]).await;
        phone.goto(&demo.phone).await;
        phone.wait_for(".steps").await;
        album.page(&format!("visitor-scale-{scheme}")).await;
    }
    album.everything_fits();
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_phone() {
    let demo = Demo::start().await;
    let mut phone = Browser::open(Screen::PHONE).await;
    // A page that is not there, and a form that comes back.
    phone.forgive("404 (Not Found)");
    phone.forgive("422 (Unprocessable");
    let mut album = Album::of(&phone).await;
    for scheme in SCHEMES {
        phone.prefer(&[CALM, ("prefers-color-scheme", scheme)]).await;
        phone.goto(&demo.phone).await;
        album.page(&format!("visitor-form-{scheme}")).await;
        phone.click(".send").await;
        phone.wait_for(".problem").await;
        album.page(&format!("visitor-problem-{scheme}")).await;
        phone.click(".faces label:nth-child(1)").await;
        album.page(&format!("visitor-form-unhappy-{scheme}")).await;
        phone.click(".send").await;
        phone.wait_for(".spot").await;
        album.page(&format!("visitor-thanks-{scheme}")).await;
        phone.goto(format!("{}/f/NONE", demo.serving.base)).await;
        album.page(&format!("visitor-not-found-{scheme}")).await;
    }
    album.everything_fits();
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff() {
    let demo = Demo::start().await;
    let mut staff = Browser::open(Screen::DESKTOP).await;
    // A page that is not there, and forms that come back.
    staff.forgive("404 (Not Found)");
    staff.forgive("422 (Unprocessable");
    let mut album = Album::of(&staff).await;
    for scheme in SCHEMES {
        staff.prefer(&[CALM, ("prefers-color-scheme", scheme)]).await;
        staff.goto(&demo.staff).await;
        album.page(&format!("staff-login-{scheme}")).await;
    }
    log_in(&staff, &demo).await;
    let pages = StaffPages::of(&staff, &demo).await;
    for scheme in SCHEMES {
        staff.prefer(&[CALM, ("prefers-color-scheme", scheme)]).await;
        for (name, page) in pages.all() {
            staff.goto(page).await;
            // A page that only time changes says nothing of itself.
            if staff.has("#live-state[data-changes^='/']").await {
                staff.wait_for(".live").await;
            }
            album.page(&format!("staff-{name}-{scheme}")).await;
        }
        pages.pair_with_two_words(&staff).await;
        album.page(&format!("staff-pair-problem-{scheme}")).await;
        pages.settings_with_mistakes(&staff).await;
        album.page(&format!("staff-settings-problem-{scheme}")).await;
    }
    // What the printer gets: a sheet is as wide as a page of A4 at 96 dots an inch.
    staff.print_to_screen().await;
    for (name, page) in pages.all() {
        staff.goto(page).await;
        album.sheet(&format!("staff-{name}-print")).await;
    }
    album.everything_fits();
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_set_up() {
    let set_up = SetUpLinks::invited().await;
    let mut newcomer = Browser::open(Screen::DESKTOP).await;
    // The form that comes back.
    newcomer.forgive("422 (Unprocessable");
    let mut album = Album::of(&newcomer).await;
    for scheme in SCHEMES {
        newcomer.prefer(&[CALM, ("prefers-color-scheme", scheme)]).await;
        for (name, link) in &set_up.links {
            newcomer.goto(link).await;
            newcomer.wait_for("#password").await;
            album.page(&format!("set-up-{name}-{scheme}")).await;
        }
        set_up.first_start_with_mistakes(&newcomer).await;
        album.page(&format!("set-up-problem-{scheme}")).await;
    }
    album.everything_fits();
    newcomer.close().await;
}
