//! Thanks: the follow spot finds the visitor. Closes by itself.

use leptos::prelude::*;

use crate::driver::Driver;
use app::{i18n::td_string, screens::face::Drawing};
use domain::{survey::FaceSet, time::SECOND};

pub(crate) fn thanks(driver: Driver) -> impl IntoView {
    let locale = driver.screen().lang;
    let whole = (driver.session().settings().thanks_ms / SECOND).max(1);
    let left = move || driver.follow(|changes| &changes.seconds).thanks_left.to_string();
    view! {
        <section class="dark thanks" role="status">
            {Drawing::of(5, 5, FaceSet::Adult).view()}
            <h1 id="q" tabindex="-1">{td_string!(locale, kiosk.thanks_title)}</h1>
            <p class="lead">{td_string!(locale, kiosk.thanks_turn)}</p>
            <p class="lead">{td_string!(locale, kiosk.thanks_kept)}</p>
            <progress max=whole.to_string() value=left aria-label=td_string!(locale, kiosk.thanks_closing)></progress>
        </section>
    }
}
