//! The countdown. It covers everything, so that any touch means "I'm still here".

use domain::time::SECOND;
use leptos::prelude::*;

use super::{format::ring_label, rebuild::RebuiltView};
use crate::{browser::device, driver::Driver, session::Event};
use app::i18n::td_string;

pub(super) fn overlay(driver: Driver) -> impl IntoView {
    move || {
        let (is_shown, lang) = {
            let screen = driver.follow(|changes| &changes.overlay);
            (screen.countdown.is_some(), screen.lang)
        };
        is_shown.then(|| {
            let whole = (driver.session().settings().countdown_ms / SECOND).max(1);
            let left = move || driver.follow(|changes| &changes.seconds).countdown.unwrap_or(0);
            // Every second would drown the question itself.
            let spoken = move || match left() {
                left if left > 10 => whole,
                left if left > 5 => whole.min(10),
                _ => whole.min(5),
            };
            device::after(0, Box::new(|| device::focus("stay")));
            RebuiltView::new(view! {
                <div
                    class="overlay"
                    role="alertdialog"
                    aria-modal="true"
                    aria-labelledby="idle-q"
                    aria-describedby="idle-d"
                    on:click=move |_| driver.send(Event::Stay)
                >
                    <svg class="ring" viewBox="0 0 120 120" role="img" aria-label=move || ring_label(lang, spoken())>
                        <circle class="track" cx="60" cy="60" r="52"></circle>
                        <circle
                            class="rest"
                            cx="60"
                            cy="60"
                            r="52"
                            pathLength=whole.to_string()
                            stroke-dasharray=whole.to_string()
                            stroke-dashoffset=move || (whole - left()).to_string()
                        ></circle>
                        <text x="60" y="60">{move || left().to_string()}</text>
                    </svg>
                    <h1 id="idle-q">{td_string!(lang, kiosk.idle_title)}</h1>
                    <button type="button" class="button" id="stay">{td_string!(lang, kiosk.idle_stay)}</button>
                    <p class="lead" id="idle-d">{td_string!(lang, kiosk.idle_hint)}</p>
                    <p class="unseen" role="status">{move || ring_label(lang, spoken())}</p>
                </div>
            })
        })
    }
}
