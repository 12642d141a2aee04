//! Notices on the paper: for a visitor whose answer could not be kept, and for staff.

use leptos::prelude::*;

use crate::{
    driver::Driver,
    session::{Event, Scene},
};
use app::{i18n::td_string, screens::face::Drawing};

pub(crate) const WARNING: &str = r#"<path d="M12 3 2.5 20.5h19zM12 10v5M12 18v.01"/>"#;
pub(crate) const TABLET: &str = r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M12 16v.01"/>"#;

/// Whatever is neither a question nor thanks.
pub(crate) fn notice(driver: Driver, scene: Scene) -> impl IntoView {
    let locale = driver.screen().lang;
    let (sign, title, leads) = match scene {
        Scene::Unsaved => (
            WARNING,
            td_string!(locale, kiosk.unsaved_title),
            [td_string!(locale, kiosk.unsaved_lead), td_string!(locale, kiosk.unsaved_help)],
        ),
        Scene::Empty => (
            TABLET,
            td_string!(locale, kiosk.empty_title),
            [td_string!(locale, kiosk.empty_lead), td_string!(locale, kiosk.empty_help)],
        ),
        // The others have a scene of their own.
        _ => (
            TABLET,
            td_string!(locale, kiosk.waiting_title),
            [td_string!(locale, kiosk.waiting_lead), td_string!(locale, kiosk.waiting_help)],
        ),
    };
    let [first, second] = leads.map(|text| view! { <p class="lead">{text}</p> });
    let sign = Drawing { class: "sign icon", view_box: "0 0 24 24", lines: sign }.view();
    let retry = (scene == Scene::Unsaved).then(|| {
        view! {
            <button type="button" class="button" on:click=move |_| driver.send(Event::Retry)>
                {td_string!(locale, kiosk.retry)}
            </button>
        }
    });
    view! {
        <article class="paper">
            <section class="scene is-still notice" aria-labelledby="q">
                {sign}
                <h1 class="question is-long" id="q" tabindex="-1">{title}</h1>
                {first}
                {retry}
                {second}
            </section>
        </article>
    }
}
