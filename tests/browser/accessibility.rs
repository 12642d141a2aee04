//! Nothing that axe-core measures stands between anybody and any page.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};

use crate::{
    staff_pages::{SetUpLinks, StaffPages},
    steps::{HAPPIEST, log_in, next_visitor, seat, tablet},
};

const SCHEMES: [&str; 2] = ["light", "dark"];

/// What was found so far, with the page where it was.
#[derive(Default)]
struct Found(Vec<String>);

impl Found {
    async fn look_at(&mut self, browser: &Browser, page: &str) {
        assert_eq!(browser.execute("return document.documentElement.lang;", Vec::new()).await, "fi", "{page}");
        let violations = browser.violations().await;
        self.0.extend(violations.into_iter().map(|violation| format!("{page}: {violation}")));
    }

    fn nothing(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kiosk() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let kiosk = tablet(&demo).await;
    for contrast in ["", " with high contrast"] {
        if !contrast.is_empty() {
            kiosk.click(".tool[aria-pressed=false]").await;
            kiosk.wait_for("html[data-contrast=high]").await;
        }
        found.look_at(&kiosk, &format!("attract{contrast}")).await;
        kiosk.tap_until(HAPPIEST, ".nps").await;
        found.look_at(&kiosk, &format!("recommendation{contrast}")).await;
        kiosk.tap_until(&seat(8), ".choices").await;
        found.look_at(&kiosk, &format!("choice{contrast}")).await;
        kiosk.tap_until(".choices .answer:nth-child(2)", ".comment").await;
        found.look_at(&kiosk, &format!("comment{contrast}")).await;
        kiosk.tap_until(".step-on", ".thanks").await;
        found.look_at(&kiosk, &format!("thanks{contrast}")).await;
        next_visitor(&kiosk).await;
    }
    kiosk.close().await;

    let unpaired = Browser::open(Screen::TABLET).await;
    unpaired.goto(format!("{}/kiosk", demo.serving.base)).await;
    unpaired.wait_for(".words").await;
    found.look_at(&unpaired, "unpaired").await;
    unpaired.click(".tool[aria-pressed=false]").await;
    unpaired.wait_for("html[data-contrast=high]").await;
    found.look_at(&unpaired, "unpaired with high contrast").await;
    unpaired.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kiosk_while_it_waits() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let kiosk = tablet(&demo).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;
    kiosk.skip(20_000).await;
    kiosk.wait_for(".overlay").await;
    found.look_at(&kiosk, "countdown").await;
    kiosk.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_phone() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let mut phone = Browser::open(Screen::PHONE).await;
    // A page that is not there, and a form that comes back.
    phone.forgive("404 (Not Found)");
    phone.forgive("422 (Unprocessable");
    for scheme in SCHEMES {
        phone.prefer(&[("prefers-color-scheme", scheme)]).await;
        phone.goto(&demo.phone).await;
        found.look_at(&phone, "form").await;
        phone.click(".send").await;
        phone.wait_for(".problem").await;
        found.look_at(&phone, "form with nothing chosen").await;
        phone.click(".faces label:nth-child(1)").await;
        found.look_at(&phone, "form of the unhappy").await;
        phone.click(".send").await;
        phone.wait_for(".spot").await;
        found.look_at(&phone, "thanks").await;
        phone.goto(format!("{}/f/NONE", demo.serving.base)).await;
        found.look_at(&phone, "not found").await;
    }
    phone.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_staff() {
    let (demo, mut found) = (Demo::start().await, Found::default());
    let mut staff = Browser::open(Screen::DESKTOP).await;
    // A page that is not there, and forms that come back.
    staff.forgive("404 (Not Found)");
    staff.forgive("422 (Unprocessable");
    for scheme in SCHEMES {
        staff.prefer(&[("prefers-color-scheme", scheme)]).await;
        staff.goto(&demo.staff).await;
        found.look_at(&staff, &format!("log-in, {scheme}")).await;
    }
    log_in(&staff, &demo).await;
    let pages = StaffPages::of(&staff, &demo).await;
    for scheme in SCHEMES {
        staff.prefer(&[("prefers-color-scheme", scheme)]).await;
        for (name, page) in pages.all() {
            staff.goto(page).await;
            found.look_at(&staff, &format!("{name}, {scheme}")).await;
        }
        pages.pair_with_two_words(&staff).await;
        found.look_at(&staff, &format!("pairing with two words, {scheme}")).await;
        pages.settings_with_mistakes(&staff).await;
        found.look_at(&staff, &format!("settings with mistakes, {scheme}")).await;
    }
    staff.close().await;
    found.nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stage_door() {
    let (set_up, mut found) = (SetUpLinks::invited().await, Found::default());
    let mut newcomer = Browser::open(Screen::DESKTOP).await;
    // The form that comes back.
    newcomer.forgive("422 (Unprocessable");
    for scheme in SCHEMES {
        newcomer.prefer(&[("prefers-color-scheme", scheme)]).await;
        for (name, link) in &set_up.links {
            newcomer.goto(link).await;
            newcomer.wait_for("#password").await;
            found.look_at(&newcomer, &format!("{name}, {scheme}")).await;
        }
        set_up.first_start_with_mistakes(&newcomer).await;
        found.look_at(&newcomer, &format!("first start with mistakes, {scheme}")).await;
    }
    newcomer.close().await;
    found.nothing();
}
