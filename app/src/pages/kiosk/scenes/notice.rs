//! Notices on the paper: for a visitor whose answer could not be kept, and for staff.

use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::{
    i18n::Locale,
    pages::kiosk::{device, state::Kiosk},
};

const WARNING: &str = r#"<path d="M12 3 2.5 20.5h19zM12 10v5M12 18v.01"/>"#;
const UNLOCKED: &str = r#"<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 7.5-2"/>"#;
const TABLET: &str = r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M12 16v.01"/>"#;

pub(super) fn unsaved(kiosk: Kiosk) -> AnyView {
    let locale = Locale::from(kiosk.lang.get());
    let inside = view! {
        <p class="lead">{td_string!(locale, kiosk.unsaved_lead)}</p>
        <button type="button" class="button" on:click=move |_| kiosk.retry()>{td_string!(locale, kiosk.retry)}</button>
        <p class="lead">{td_string!(locale, kiosk.unsaved_help)}</p>
    };
    notice(WARNING, td_string!(locale, kiosk.unsaved_title).to_string(), inside.into_any())
}

pub(super) fn insecure(kiosk: Kiosk) -> AnyView {
    let locale = Locale::from(kiosk.lang.get());
    let host = device::window().location().hostname().unwrap_or_default();
    let inside = view! {
        <p class="lead">
            {td_string!(locale, kiosk.insecure_lead_before)} " " <code>"https://"</code> ". "
            {td_string!(locale, kiosk.insecure_lead_after)}
        </p>
        <p class="lead">
            {td_string!(locale, kiosk.insecure_open)} " " <code>{["https://", &host, "/kiosk"].concat()}</code>
        </p>
    };
    notice(UNLOCKED, td_string!(locale, kiosk.insecure_title).to_string(), inside.into_any())
}

pub(super) fn unpaired(kiosk: Kiosk) -> AnyView {
    let locale = Locale::from(kiosk.lang.get());
    let inside = view! {
        <p class="lead">{td_string!(locale, kiosk.unpaired_lead)} " " <code>"aplodi kiosk add"</code></p>
        <p class="lead">{td_string!(locale, kiosk.unpaired_open)}</p>
    };
    notice(TABLET, td_string!(locale, kiosk.unpaired_title).to_string(), inside.into_any())
}

pub(super) fn revoked(kiosk: Kiosk) -> AnyView {
    let locale = Locale::from(kiosk.lang.get());
    let kept = move || kiosk.waiting.get().to_string();
    let inside = view! {
        <p class="lead">{td_string!(locale, kiosk.revoked_lead)}</p>
        <p class="lead">{td_string!(locale, kiosk.revoked_kept)} " " <strong>{kept}</strong></p>
    };
    notice(TABLET, td_string!(locale, kiosk.revoked_title).to_string(), inside.into_any())
}

pub(super) fn waiting(kiosk: Kiosk) -> AnyView {
    let locale = Locale::from(kiosk.lang.get());
    let inside = view! {
        <p class="lead">{td_string!(locale, kiosk.waiting_lead)}</p>
        <p class="lead">{td_string!(locale, kiosk.waiting_help)}</p>
    };
    notice(TABLET, td_string!(locale, kiosk.waiting_title).to_string(), inside.into_any())
}

pub(super) fn empty(kiosk: Kiosk) -> AnyView {
    let locale = Locale::from(kiosk.lang.get());
    let inside = view! { <p class="lead">{td_string!(locale, kiosk.empty_lead)}</p> };
    notice(TABLET, td_string!(locale, kiosk.empty_title).to_string(), inside.into_any())
}

fn notice(sign: &'static str, title: String, inside: AnyView) -> AnyView {
    view! {
        <article class="paper">
            <section class="scene is-still notice" aria-labelledby="q">
                <svg class="sign icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=sign></svg>
                <h1 class="question is-long" id="q" tabindex="-1">{title}</h1>
                {inside}
            </section>
        </article>
    }
    .into_any()
}
