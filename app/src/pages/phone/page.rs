//! The curtain above and the paper below, on every phone page.

use leptos::prelude::*;

use crate::{
    domain::lang::Lang,
    pages::shell::{Document, LangLinks, Names, Sheet, Shell},
};

/// A phone page: language links, a line that says where we are, a heading, and the paper.
#[component]
pub fn Page(
    /// the page and its language
    shell: Shell,
    /// what the browser's tab says
    #[prop(into)]
    title: String,
    /// in the order of the venue
    languages: Vec<Lang>,
    /// event and place; empty: nothing
    #[prop(optional, into)]
    line: String,
    /// the heading, where it stands above the paper
    #[prop(optional, into)]
    heading: Option<String>,
    /// between head and paper
    #[prop(optional)]
    spot: Option<AnyView>,
    /// the paper
    children: Children,
) -> impl IntoView {
    let around = shell.clone();
    view! {
        <Document shell=around title=title sheet=Sheet::Phone>
            <header class="head">
                <LangLinks shell=shell languages=languages names=Names::Whole />
                {(!line.is_empty()).then(|| view! { <p>{line}</p> })}
                {heading.map(|heading| view! { <h1>{heading}</h1> })}
            </header>
            {spot}
            <main class="paper">{children()}</main>
        </Document>
    }
}

/// What was seen, and where: "Kevätkonsertti · Sibeliustalo".
pub(super) fn line(title: &str, venue: &str) -> String {
    [title, venue].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
