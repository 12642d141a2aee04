//! What every server-rendered page stands in: the document, its head, the language links.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use crate::{
    bidi::isolated,
    i18n::{Lang, td_string},
};
use domain::lang::{LanguageTag, Reader};

/// The addresses of style sheets, scripts and fonts, by the name they have in the source. The build
/// puts a hash into each address, so that a browser may keep the file for ever.
#[derive(Clone, Debug, Default)]
pub struct Assets(Arc<BTreeMap<String, String>>);

impl Assets {
    /// From logical name to address, as the build lists them.
    #[must_use]
    pub fn new(addresses: BTreeMap<String, String>) -> Self {
        Self(Arc::new(addresses))
    }

    /// The address of a file. A file that the build does not know gets a plain address, which the
    /// server answers with 404: a page without its style sheet is still a page.
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| format!("/assets/{name}"))
    }
}

/// What the organisation's look adds to a page that visitors see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worn {
    /// the address of its style sheet; `None`: the page looks as the program does
    pub sheet: Option<String>,
    /// the colour around the page
    pub ground: Option<String>,
    /// its logo, where it has one
    pub logo: Option<WornLogo>,
}

/// The organisation's logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WornLogo {
    /// what is said instead of it
    pub alt: String,
    /// for screens and mails
    pub small: WornPicture,
    /// for paper
    pub large: WornPicture,
}

/// A picture, and the room that it takes before it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WornPicture {
    /// where it is
    pub address: String,
    /// pixels from left to right
    pub width: u32,
    /// pixels from top to bottom
    pub height: u32,
}

/// What a page is told beside its own data.
#[derive(Clone, Debug)]
pub struct Shell {
    /// the language that the page is written in
    pub lang: Lang,
    /// who reads what the organisation has written in it
    pub reader: Reader,
    /// where style sheets, scripts and fonts are
    pub assets: Assets,
    /// the address of this page, for the language links
    pub path: String,
    /// who runs this server; empty before the set-up
    pub organisation: String,
    /// whether what is shown is made up, to look around in
    pub is_demo: bool,
    /// whether the reader decides about people
    pub is_admin: bool,
    /// what it looks like
    pub worn: Worn,
}

impl Shell {
    /// Where to take the texts from.
    #[must_use]
    pub fn locale(&self) -> Lang {
        self.lang
    }
}

/// Which bundle of style sheets a page wears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// the visitor's own phone
    Phone,
    /// staff, set-up, log-in and errors
    Staff,
    /// the poster
    Print,
    /// the guide for whoever puts a tablet up
    Help,
    /// the screen on the stage
    Stage,
}

impl Sheet {
    const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone.css",
            Self::Staff => "staff.css",
            Self::Print => "print.css",
            Self::Help => "help.css",
            Self::Stage => "stage.css",
        }
    }
}

/// The whole document around a page's body.
#[component]
pub fn Document(
    /// language and addresses
    shell: Shell,
    /// what the page is called; the organisation's name follows it
    #[prop(into)]
    title: String,
    /// the bundle of style sheets
    sheet: Sheet,
    /// whether the page carries islands, and with them the client
    #[prop(optional)]
    islands: bool,
    /// the page's own script, where it has one without islands
    #[prop(optional_no_strip)]
    script: Option<&'static str>,
    /// what search engines say of the page, where they may show it
    #[prop(optional_no_strip)]
    description: Option<&'static str>,
    /// the class of the body
    #[prop(optional)]
    class: Option<&'static str>,
    /// after so many seconds a browser without scripts asks for the page again, where it does
    #[prop(optional)]
    again: Option<u32>,
    /// the body
    children: Children,
) -> impl IntoView {
    let owner = if shell.organisation.is_empty() { "Aplodi" } else { &shell.organisation };
    let title = if title == owner { title } else { format!("{} · {}", isolated(&title), isolated(owner)) };
    let font = shell.assets.address("fonts/hyperlegible.woff2");
    // The pages of the staff have a light and a dark of their own.
    let worn = if sheet == Sheet::Staff { Worn::default() } else { shell.worn };
    let ground = worn.ground.unwrap_or_else(|| "#3a0d28".to_owned());
    let script = script.or(islands.then_some("islands.js")).map(|script| shell.assets.address(script));
    view! {
        <html lang=shell.lang.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="theme-color" content=ground />
                <title>{title}</title>
                {description.map(|text| view! { <meta name="description" content=text /> })}
                <link rel="icon" href="/icons/favicon.svg" />
                <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="" />
                <link rel="stylesheet" href=shell.assets.address(sheet.name()) />
                {worn.sheet.map(|sheet| view! { <link rel="stylesheet" href=sheet /> })}
                {again.map(|again| {
                    view! {
                        <noscript>
                            <meta http-equiv="refresh" content=again.to_string() />
                        </noscript>
                    }
                })}
                {script.map(|script| view! { <script r#type="module" src=script></script> })}
            </head>
            <body class=class>{children()}</body>
        </html>
    }
}

/// How the language links show themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// what each language calls itself
    Whole,
    /// two letters, the name for screen readers
    Short,
}

/// One link for each language, back to the same page.
#[component]
pub fn LangLinks(
    /// the page and its language
    shell: Shell,
    /// in this order
    languages: Vec<LanguageTag>,
    /// how long
    names: Names,
) -> impl IntoView {
    let links = languages
        .into_iter()
        .map(|tag| {
            let (text, label) = match names {
                Names::Whole => (tag.own_name(), None),
                // The name begins with the two letters: a voice command for what is seen must work.
                Names::Short => {
                    let short = tag.as_str().to_uppercase();
                    let label = format!("{short} {}", tag.own_name());
                    (short, Some(label))
                }
            };
            let current = (tag == shell.reader.language).then_some("true");
            let mark = if shell.path.contains('?') { '&' } else { '?' };
            let href = format!("{}{mark}lang={tag}", shell.path);
            let tag = tag.to_string();
            view! {
                <a lang=tag.clone() hreflang=tag href=href aria-current=current aria-label=label>
                    {text}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="langs" aria-label=td_string!(shell.locale(), common.language)>
            {links}
        </nav>
    }
}

/// Links to what the law asks for, at the foot of a page.
#[component]
pub fn NoticeLinks(
    /// in which language
    locale: Lang,
) -> impl IntoView {
    view! {
        <p class="promise">
            <a href=format!("/privacy?lang={locale}")>{td_string!(locale, notices.privacy)}</a>
            " · "
            <a href=format!("/accessibility?lang={locale}")>{td_string!(locale, notices.accessibility)}</a>
        </p>
    }
}
