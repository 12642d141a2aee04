//! The stage floor: back, languages, progress, tools, onwards.

use leptos::prelude::*;
use leptos_i18n::td_string;

use super::{
    speech,
    state::{Kiosk, Scene},
};
use crate::{
    domain::{lang::Lang, response::Given, survey::Kind, visit::Visit},
    i18n::Locale,
};

const SPEAK: &str = r#"<path d="M4 10v4h4l5 4V6l-5 4zM16.5 9a4 4 0 0 1 0 6M18.5 6a8 8 0 0 1 0 12"/>"#;
const CONTRAST: &str =
    r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor"/>"#;

pub(super) fn floor(kiosk: Kiosk) -> impl IntoView {
    // While the chosen answer is lit the floor stands still, and follows with the next question.
    let said = Memo::new(move |before: Option<&bool>| match before {
        Some(before) if kiosk.lit.get() => *before,
        _ => has_said(kiosk),
    });
    let progress = Memo::new(move |before: Option<&Option<(usize, usize)>>| match before {
        Some(before) if kiosk.lit.get() => *before,
        _ => progress(kiosk),
    });
    view! {
        <footer class="floor">
            <div class="floor-start">
                {move || back(kiosk)}
                {move || languages(kiosk)}
            </div>
            {move || footlights(kiosk, progress.get())}
            <div class="floor-end">
                {move || tools(kiosk)}
                {move || onwards(kiosk, said.get())}
            </div>
        </footer>
    }
}

fn is_asking(kiosk: Kiosk) -> bool {
    kiosk.scene.get() == Scene::Asking
}

fn back(kiosk: Kiosk) -> Option<AnyView> {
    let first = kiosk.show.with(|show| show.as_ref()?.survey.questions.first().map(|question| question.id));
    (is_asking(kiosk) && kiosk.question.get() != first).then(|| {
        let text = td_string!(Locale::from(kiosk.lang.get()), kiosk.back);
        view! { <button type="button" class="step-back" on:click=move |_| kiosk.go_back()><span>{text}</span></button> }
            .into_any()
    })
}

fn languages(kiosk: Kiosk) -> AnyView {
    let label = td_string!(Locale::from(kiosk.lang.get()), kiosk.language);
    let spoken = kiosk.show.with(|show| {
        show.as_ref().map(|show| show.config.venue.languages.clone()).filter(|languages| !languages.is_empty())
    });
    let buttons: Vec<AnyView> = spoken
        .unwrap_or_else(|| Lang::ALL.to_vec())
        .into_iter()
        .map(|lang| {
            let pressed = move || if kiosk.lang.get() == lang { "true" } else { "false" };
            let choose = move |_| {
                speech::stop();
                kiosk.lang.set(lang);
            };
            view! {
                <button type="button" lang=lang.tag() aria-pressed=pressed on:click=choose>
                    <span>{lang.own_name()}</span>
                </button>
            }
            .into_any()
        })
        .collect();
    view! { <div class="langs" role="group" aria-label=label>{buttons}</div> }.into_any()
}

fn progress(kiosk: Kiosk) -> Option<(usize, usize)> {
    if !is_asking(kiosk) {
        return None;
    }
    kiosk.show.with(|show| show.as_ref().map(|show| kiosk.visit.with(|visit| visit.progress(&show.survey))))
}

fn footlights(kiosk: Kiosk, progress: Option<(usize, usize)>) -> AnyView {
    let Some((at, of)) = progress else { return view! { <span></span> }.into_any() };
    let word = td_string!(Locale::from(kiosk.lang.get()), kiosk.progress).to_string();
    let label = [&word, " ", &at.to_string(), " / ", &of.to_string()].concat();
    let lamps: Vec<AnyView> = (1..=of)
        .map(|place| {
            let class = (place < at).then_some("is-past");
            let current = (place == at).then_some("step");
            view! { <li class=class aria-current=current></li> }.into_any()
        })
        .collect();
    view! { <ol class="footlights" aria-label=label>{lamps}</ol> }.into_any()
}

fn tools(kiosk: Kiosk) -> AnyView {
    let lang = kiosk.lang.get();
    let locale = Locale::from(lang);
    let pressed = move || if kiosk.contrast.get() { "true" } else { "false" };
    let aloud = (is_asking(kiosk) && speech::can_speak(lang)).then(|| {
        view! {
            <button type="button" class="tool" on:click=move |_| read_aloud(kiosk)>
                <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=SPEAK></svg>
                <span>{td_string!(locale, kiosk.read_aloud)}</span>
            </button>
        }
    });
    view! {
        <div class="tools">
            {aloud}
            <button
                type="button"
                class="tool"
                aria-pressed=pressed
                on:click=move |_| kiosk.contrast.update(|contrast| *contrast = !*contrast)
            >
                <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=CONTRAST></svg>
                <span>{td_string!(locale, kiosk.contrast)}</span>
            </button>
        </div>
    }
    .into_any()
}

/// Always one way forward: skip where nothing is said yet, continue or send where something is.
fn onwards(kiosk: Kiosk, said: bool) -> Option<AnyView> {
    let locale = Locale::from(kiosk.lang.get());
    match kiosk.scene.get() {
        Scene::Asking => {
            let text = match (said, kiosk.is_last()) {
                (true, true) => td_string!(locale, kiosk.send).to_string(),
                (true, false) => td_string!(locale, kiosk.go_on).to_string(),
                // The first question invites: whoever does not want to answer just walks on.
                (false, _) if kiosk.visit.with(Visit::is_first) => return None,
                (false, _) => td_string!(locale, kiosk.skip).to_string(),
            };
            let class = if said { "step-on is-primary" } else { "step-on" };
            Some(step_on(class, text, move || kiosk.go_on()))
        }
        Scene::Unsaved => {
            let quit = td_string!(locale, kiosk.quit).to_string();
            Some(step_on("step-on", quit, move || kiosk.greet()))
        }
        _ => None,
    }
}

fn step_on(class: &'static str, text: String, tapped: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| tapped()><span>{text}</span></button> }.into_any()
}

/// Whether anything is said to the question on the screen.
fn has_said(kiosk: Kiosk) -> bool {
    let Some(question) = kiosk.question.get() else { return false };
    kiosk.visit.with(|visit| match visit.given(question) {
        Some(Given::Text(typed)) => !typed.trim().is_empty(),
        Some(Given::Skipped) | None => false,
        Some(_) => true,
    })
}

fn read_aloud(kiosk: Kiosk) {
    let lang = kiosk.lang.get_untracked();
    let Some(question) = untrack(|| kiosk.question_now()) else { return };
    let mut parts = vec![question.text.get(lang)];
    match &question.kind {
        Kind::Face { labels, .. } | Kind::Nps { labels } => parts.extend(labels.iter().map(|label| label.get(lang))),
        Kind::Choice { options, .. } => parts.extend(options.iter().map(|option| option.text.get(lang))),
        Kind::Text {} => {}
    }
    speech::say(&parts.join(". "), lang);
}
