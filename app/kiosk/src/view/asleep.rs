//! Asleep: one lamp in the dark, and what comes next. Any touch wakes it.

use leptos::prelude::*;

use super::format::day_and_time;
use crate::{driver::Driver, session::Event};
use api::config::sleep::{Next, next};
use app::{
    i18n::td_string,
    screens::{face::Drawing, said::said},
};
use domain::lang::Words;

const LAMP: Drawing = Drawing {
    class: "lamp",
    view_box: "0 0 90 120",
    lines: r#"<path class="stand" d="M45 52v58M24 114h42"/><circle class="bulb" cx="45" cy="32" r="18"/>"#,
};

pub(crate) fn asleep(driver: Driver) -> impl IntoView {
    let (lang, reader, config) = {
        let screen = driver.screen();
        (screen.lang, screen.reader, screen.active.as_ref().map(|active| active.config.clone()))
    };
    let now = driver.corrected_now();
    let own_title = Words { text: td_string!(lang, kiosk.asleep_title), lang: None };
    let told = config.as_ref().and_then(|config| {
        let when = |at| day_and_time(&config.venue.time_zone, at, lang, now);
        Some(match next(config, now)? {
            Next::Event(event) => {
                let when = [config.venue.name.as_str(), ", ", &when(event.starts_at)?].concat();
                (td_string!(lang, kiosk.asleep_next), reader.words(&event.title), when)
            }
            Next::Opening(at) => (td_string!(lang, kiosk.asleep_opens), own_title, when(at)?),
        })
    });
    let (above, title, below) = told.unwrap_or_else(|| ("", own_title, String::new()));
    view! {
        <section class="dark asleep" aria-labelledby="q" on:click=move |_| driver.send(Event::Woken)>
            {LAMP.view()}
            <p class="lead">{above}</p>
            <h1 id="q" tabindex="-1">{said(title)}</h1>
            <p class="lead">{below}</p>
            <button type="button" class="wake">{td_string!(lang, kiosk.asleep_wake)}</button>
        </section>
    }
}
