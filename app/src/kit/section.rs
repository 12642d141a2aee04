//! A part of a page, under a heading with a rule.

use leptos::prelude::*;

/// A part of a page under its heading.
#[component]
pub fn Section(
    /// the id of the heading, different on the whole page
    #[prop(into)]
    id: String,
    /// the heading
    #[prop(into)]
    title: String,
    /// the language of the heading, where it is not the page's
    #[prop(optional)]
    lang: Option<&'static str>,
    /// below the heading
    children: Children,
) -> impl IntoView {
    let heading = id.clone();
    view! {
        <section class="section" aria-labelledby=heading>
            <h2 id=id lang=lang>{title}</h2>
            {children()}
        </section>
    }
}
