//! What stands where there is nothing to show yet.

use leptos::prelude::*;

use super::{
    action::{Actions, ButtonLink},
    brand::Lamp,
};

/// A page that has nothing to show yet, and says what will make it show something.
#[component]
pub fn Empty(
    /// the heading
    #[prop(into)]
    title: String,
    /// what to expect, or to do
    #[prop(into)]
    says: String,
    /// where to go from here
    #[prop(optional)]
    way: Option<(String, String)>,
) -> impl IntoView {
    let way = way.map(|(path, name)| {
        view! {
            <Actions>
                <ButtonLink href=path text=name primary=true />
            </Actions>
        }
    });
    view! {
        <section class="empty">
            <Lamp />
            <h2>{title}</h2>
            <p class="says">{says}</p>
            {way}
        </section>
    }
}
