//! Notices on the paper: for a visitor whose answer could not be kept, and for staff.

use leptos::prelude::*;

use crate::{
    browser::device,
    driver::Driver,
    session::{Event, Scene},
};
use app::{i18n::td_string, screens::face::Drawing};

pub(crate) const WARNING: &str = r#"<path d="M12 3 2.5 20.5h19zM12 10v5M12 18v.01"/>"#;
const UNLOCKED: &str = r#"<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 7.5-2"/>"#;
pub(crate) const TABLET: &str = r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M12 16v.01"/>"#;

/// One sentence, with something in it that must be read letter by letter.
#[derive(Default)]
struct Lead {
    before: String,
    exactly: Option<String>,
    after: String,
}

impl Lead {
    fn plain(text: impl Into<String>) -> Self {
        Self { before: text.into(), ..Self::default() }
    }

    fn exactly(before: impl Into<String>, exactly: impl Into<String>) -> Self {
        Self { before: before.into() + " ", exactly: Some(exactly.into()), ..Self::default() }
    }
}

/// Whatever is neither a question nor thanks.
pub(crate) fn notice(driver: Driver, scene: Scene) -> impl IntoView {
    let locale = driver.screen().lang;
    let (sign, title, leads) = match scene {
        Scene::Unsaved => (
            WARNING,
            td_string!(locale, kiosk.unsaved_title),
            [Lead::plain(td_string!(locale, kiosk.unsaved_lead)), Lead::plain(td_string!(locale, kiosk.unsaved_help))],
        ),
        Scene::Insecure => {
            let host = device::window().location().host().unwrap_or_default();
            let mut why = Lead::exactly(td_string!(locale, kiosk.insecure_lead_before), "https://");
            why.after = [". ", td_string!(locale, kiosk.insecure_lead_after)].concat();
            let instead = ["https://", &host, "/kiosk"].concat();
            (
                UNLOCKED,
                td_string!(locale, kiosk.insecure_title),
                [why, Lead::exactly(td_string!(locale, kiosk.insecure_open), instead)],
            )
        }
        Scene::Empty => (
            TABLET,
            td_string!(locale, kiosk.empty_title),
            [Lead::plain(td_string!(locale, kiosk.empty_lead)), Lead::plain(td_string!(locale, kiosk.empty_help))],
        ),
        // The others have a scene of their own.
        _ => (
            TABLET,
            td_string!(locale, kiosk.waiting_title),
            [Lead::plain(td_string!(locale, kiosk.waiting_lead)), Lead::plain(td_string!(locale, kiosk.waiting_help))],
        ),
    };
    let [first, second] = leads.map(lead);
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

fn lead(lead: Lead) -> impl IntoView {
    view! { <p class="lead">{lead.before}{lead.exactly.map(|exactly| view! { <code>{exactly}</code> })}{lead.after}</p> }
}
