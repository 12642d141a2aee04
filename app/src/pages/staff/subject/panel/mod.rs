//! One panel a file: a heading, a figure, a chart drawn by us, and the sentence that says what may
//! be concluded. Charts carry a title, and a table for those who cannot see them.

pub mod answered;
pub mod breakdown;
pub mod choice;
pub mod comments;
pub mod faces;
pub mod nps;
pub mod pooled;
pub mod time;

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::action::{Actions, ButtonLink},
};

/// A panel with its heading.
#[component]
pub fn Panel(
    /// the id of the heading, different on the whole page
    #[prop(into)]
    id: String,
    /// the heading
    #[prop(into)]
    title: String,
    /// its columns of twelve: `w3` to `w12`
    width: &'static str,
    /// below the heading
    children: Children,
) -> impl IntoView {
    let heading = id.clone();
    view! {
        <section class=format!("panel {width}") aria-labelledby=heading>
            <h2 id=id>{title}</h2>
            {children()}
        </section>
    }
}

/// A question that too few have answered: how many, and why nothing else.
#[component]
pub fn TooFew(
    /// for whom
    locale: Lang,
    /// how many, and from when on there is more
    #[prop(into)]
    says: String,
) -> impl IntoView {
    view! {
        <p class="says">
            <span class="note">{td_string!(locale, staff.too_few)}</span>
        </p>
        <p class="says">{says}</p>
    }
}

/// How many answered and why nothing else is shown, as far as even that may be told.
fn too_few(locale: Lang, n: Option<u64>) -> String {
    match n {
        Some(n) => td_string!(locale, staff.too_few_says, n = n),
        None => td_string!(locale, staff.n_hidden).to_owned(),
    }
}

/// The way to a score that is shown on request only.
#[component]
pub fn OnRequest(
    /// for whom
    locale: Lang,
    /// the address of the view, without a query
    path: String,
) -> impl IntoView {
    view! {
        <Actions>
            <ButtonLink href=format!("{path}?scores=all") text=td_string!(locale, staff.show_anyway) />
        </Actions>
    }
}
