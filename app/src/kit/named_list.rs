//! Things by name, each with what can be done with it.

use leptos::prelude::*;

use super::action::{Actions, ButtonLink};

/// A thing, and where its buttons lead: address and text of each.
pub type NamedRow = (String, Vec<(String, &'static str)>);

/// Things by name. A button is read aloud with the name of its thing.
#[component]
pub fn NamedList(
    /// from the top
    rows: Vec<NamedRow>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(name, links)| {
            let links = links
                .into_iter()
                .map(|(href, text)| {
                    let label = Some(format!("{name}: {text}"));
                    view! { <ButtonLink href=href text=text label=label /> }
                })
                .collect_view();
            view! {
                <li>
                    <h3>{name}</h3>
                    <Actions>{links}</Actions>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="named">{rows}</ul> }
}
