//! The curtain above and the paper below, on every phone page.

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    pages::shell::{Document, LangLinks, Names, Sheet, Shell},
};
use domain::lang::Lang;

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
    /// the form that the language switch takes along, so that nothing that was chosen is lost
    #[prop(optional)]
    switching: Option<&'static str>,
    /// the paper
    children: Children,
) -> impl IntoView {
    let around = shell.clone();
    let langs = match switching {
        Some(form) => view! { <LangButtons shell=shell languages=languages form=form /> }.into_any(),
        None => view! { <LangLinks shell=shell languages=languages names=Names::Whole /> }.into_any(),
    };
    view! {
        <Document shell=around title=title sheet=Sheet::Phone>
            <header class="head">
                {langs}
                {(!line.is_empty()).then(|| view! { <p>{line}</p> })}
                {heading.map(|heading| view! { <h1>{heading}</h1> })}
            </header>
            {spot}
            <main class="paper">{children()}</main>
        </Document>
    }
}

/// The field that says into which language a form is to be turned, instead of being taken.
pub const SWITCH: &str = "switch";

/// One button for each language: it sends the form along, and the same form comes back.
#[component]
fn LangButtons(shell: Shell, languages: Vec<Lang>, form: &'static str) -> impl IntoView {
    let buttons = languages
        .into_iter()
        .map(|lang| {
            let current = (lang == shell.lang).then_some("true");
            view! {
                <button form=form name=SWITCH value=lang.tag() lang=lang.tag() aria-current=current>
                    {lang.own_name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <nav class="langs" aria-label=td_string!(shell.locale(), common.language)>
            // The first button of a form is what the Enter key presses, and that is sending.
            <button form=form hidden></button>
            {buttons}
        </nav>
    }
}

/// What was seen, and where: "Kevätkonsertti · Sibeliustalo".
pub(super) fn line(title: &str, venue: &str) -> String {
    [title, venue].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
