//! The organisation's logo.

use leptos::prelude::*;

use crate::pages::shell::Worn;

/// The logo, where there is one. How large it is shown is said by the style sheet of the page.
#[component]
pub fn Logo(
    /// what the organisation looks like
    worn: Worn,
    /// for paper
    #[prop(optional)]
    is_large: bool,
) -> impl IntoView {
    worn.logo.map(|logo| {
        let picture = if is_large { logo.large } else { logo.small };
        view! {
            <img
                class="logo"
                src=picture.address
                width=picture.width.to_string()
                height=picture.height.to_string()
                alt=logo.alt
            />
        }
    })
}
