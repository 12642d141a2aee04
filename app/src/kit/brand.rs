//! The mark beside the name.

use leptos::prelude::*;

/// A face under a curtain.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 64 64" aria-hidden="true">
            <path
                fill="#ffb000"
                d="M32 2a27 27 0 0 1 27 27V56.6a5.4 5.4 0 0 1-5.4 5.4H10.4a5.4 5.4 0 0 1-5.4-5.4V29A27 27 0 0 1 32 2z"
            ></path>
            <path fill="#a52d67" d="M5 29A27 27 0 0 1 59 29a9 9 0 0 1-18 0a9 9 0 0 1-18 0a9 9 0 0 1-18 0z"></path>
            <path fill="none" stroke="#3a0d28" stroke-width="7" stroke-linecap="round" d="M18.5 44.24q13.5 14.04 27 0"></path>
        </svg>
    }
}

/// A stage lamp without a show, for pages that have nothing to show yet.
#[component]
pub fn Lamp() -> impl IntoView {
    view! {
        <svg class="lamp" viewBox="0 0 120 160" aria-hidden="true">
            <path
                class="stand"
                d="M60 62v84M34 148h52M50 62h20M60 10a26 26 0 0 1 0 52 26 26 0 0 1 0-52zM34 36h52M60 10v52"
            ></path>
            <circle class="bulb" cx="60" cy="38" r="13"></circle>
        </svg>
    }
}
