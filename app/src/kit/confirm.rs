//! The question before something that cannot be taken back with one click.

use leptos::prelude::*;

use super::action::{Actions, ButtonLink, SubmitButton};

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
            <Actions>
                <SubmitButton text=yes primary=true />
                <ButtonLink href=back text=no />
            </Actions>
        </form>
    }
}
