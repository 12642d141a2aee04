//! The question before something that cannot be taken back with one click.

use leptos::prelude::*;

/// Says what will happen, and asks: a form that posts to `action`, and a way out.
#[component]
pub fn Confirm(
    /// what will happen
    says: &'static str,
    /// the address to post to
    #[prop(into)]
    action: String,
    /// what the button does
    yes: &'static str,
    /// the way out: address and name
    no: (String, &'static str),
) -> impl IntoView {
    let (back, no) = no;
    view! {
        <form method="post" action=action class="slip">
            <p class="says">{says}</p>
            <p class="actions">
                <button class="button is-primary">{yes}</button>
                <a class="button" href=back>{no}</a>
            </p>
        </form>
    }
}
