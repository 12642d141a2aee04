//! What can be done here: links that look like buttons, the button that sends a form, and the row they stand in.

use leptos::prelude::*;

/// Buttons and links beside each other.
#[component]
pub fn Actions(
    /// from the one that most people want
    children: Children,
) -> impl IntoView {
    view! { <p class="actions">{children()}</p> }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn ButtonLink(
    /// where to
    #[prop(into)]
    href: String,
    /// what the reader sees
    #[prop(into)]
    text: String,
    /// whether it is what most people want
    #[prop(optional)]
    primary: bool,
    /// the whole name, where the text alone would not tell it from its neighbours; it holds the text
    #[prop(optional_no_strip)]
    label: Option<String>,
) -> impl IntoView {
    view! { <a class=class(primary) href=href aria-label=label>{text}</a> }
}

/// The button that sends the form around it.
#[component]
pub fn SubmitButton(
    /// what it does
    text: &'static str,
    /// whether it is what most people want
    #[prop(optional)]
    primary: bool,
) -> impl IntoView {
    view! { <button class=class(primary)>{text}</button> }
}

const fn class(primary: bool) -> &'static str {
    if primary { "button is-primary" } else { "button" }
}
