//! The curtain above and the paper below, on every phone page.

use leptos::prelude::*;

use crate::{
    bidi::isolated,
    i18n::td_string,
    kit::logo::Logo,
    pages::shell::{Document, LangLinks, Names, NoticeLinks, Sheet, Shell},
};
use domain::lang::{LanguageTag, Words};

/// A phone page: language links, a line that says where we are, a heading, and the paper.
#[component]
pub fn Page(
    /// the page and its language
    shell: Shell,
    /// what the browser's tab says
    #[prop(into)]
    title: String,
    /// in the order of the venue
    languages: Vec<LanguageTag>,
    /// event and place; empty: nothing
    #[prop(optional)]
    line: Option<AnyView>,
    /// the heading, where it stands above the paper
    #[prop(optional, into)]
    heading: Option<String>,
    /// between head and paper
    #[prop(optional)]
    spot: Option<AnyView>,
    /// the form that the language switch takes along, so that nothing that was chosen is lost
    #[prop(optional)]
    switching: Option<&'static str>,
    /// what search engines say of the page, where they may show it
    #[prop(optional_no_strip)]
    description: Option<&'static str>,
    /// the paper
    children: Children,
) -> impl IntoView {
    let (around, worn, locale) = (shell.clone(), shell.worn.clone(), shell.locale());
    let langs = match switching {
        Some(form) => view! { <LangButtons shell=shell languages=languages form=form /> }.into_any(),
        None => view! { <LangLinks shell=shell languages=languages names=Names::Whole /> }.into_any(),
    };
    view! {
        <Document shell=around title=title sheet=Sheet::Phone description=description>
            <header class="head">
                <Logo worn=worn />
                {langs}
                {line.map(|line| view! { <p>{line}</p> })}
                {heading.map(|heading| view! { <h1>{heading}</h1> })}
            </header>
            {spot}
            <main class="paper">
                {children()}
                <NoticeLinks locale=locale />
            </main>
        </Document>
    }
}

/// The field that says into which language a form is to be turned, instead of being taken.
pub const SWITCH: &str = "switch";

/// One button for each language: it sends the form along, and the same form comes back.
#[component]
fn LangButtons(shell: Shell, languages: Vec<LanguageTag>, form: &'static str) -> impl IntoView {
    let buttons = languages
        .into_iter()
        .map(|tag| {
            let current = (tag == shell.reader.language).then_some("true");
            let name = tag.own_name();
            let tag = tag.to_string();
            view! {
                <button form=form name=SWITCH value=tag.clone() lang=tag aria-current=current>
                    {name}
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

/// Words, with `lang` and `dir` of the element around them where these are others than those of the page.
pub(super) fn parts(words: Words<'_>) -> (String, Option<String>, Option<&'static str>) {
    (words.text.to_owned(), words.lang.map(|tag| tag.to_string()), words.dir())
}

/// What was seen, and where: "Kevätkonsertti · Sibeliustalo".
pub(super) fn line(title: Words<'_>, venue: &str) -> AnyView {
    let (text, lang, dir) = parts(title);
    match lang {
        _ if text.is_empty() => venue.to_owned().into_any(),
        None => format!("{} · {}", isolated(&text), isolated(venue)).into_any(),
        Some(lang) => view! { <bdi lang=lang dir=dir>{text}</bdi> {format!(" · {}", isolated(venue))} }.into_any(),
    }
}
