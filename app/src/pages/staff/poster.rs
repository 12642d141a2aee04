//! The poster for the foyer: a question, a code, an address, in every language of the venue.

use leptos::prelude::*;

use super::{paper::Paper, qr::Qr};
use crate::{
    bidi::isolated,
    i18n::td_string,
    kit::logo::Logo,
    pages::shell::{Document, Sheet, Shell},
    screens::face::Face,
};
use domain::lang::Lang;

/// What a poster shows.
#[derive(Clone, Debug)]
pub struct PosterData {
    /// the event, or the venue where it hangs all year
    pub title: String,
    /// where and when, in the reader's language
    pub line: String,
    /// the address to type, without its scheme: `aplodi.example/f/K7PM`
    pub address: String,
    /// the code for the whole address
    pub qr: Qr,
    /// the languages of the venue, the first one large
    pub languages: Vec<Lang>,
    /// how large
    pub size: Paper,
    /// where "back" leads
    pub back: String,
}

/// The poster, and above it, on the screen only, the choice of its size.
#[component]
pub fn Poster(
    /// what it shows
    data: PosterData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, worn) = (shell.locale(), shell.worn.clone());
    let PosterData { title, line, address, qr, languages, size, back } = data;
    let sizes = Paper::ALL
        .map(|other| {
            let current = (other == size).then_some("page");
            view! {
                <a href=format!("{}?size={}", shell.path, other.as_str()) aria-current=current>
                    {other.as_str().to_uppercase()}
                </a>
            }
        })
        .collect_view();
    let tab = td_string!(locale, staff.poster_title, title = isolated(&title));
    let code = td_string!(locale, staff.poster_code, address = address.as_str());
    let side = qr.side();
    let first = languages.first().copied().unwrap_or_default();
    view! {
        <Document shell=shell title=tab sheet=Sheet::Print>
            <nav class="poster-tools" aria-label=td_string!(locale, staff.poster_sizes)>
                {sizes}
                <a href=back>{td_string!(locale, staff.poster_back)}</a>
                <p>{td_string!(locale, staff.poster_print)}</p>
            </nav>
            <main class=format!("poster {}", size.as_str())>
                <div class="sheet">
                    <p class="poster-event">
                        <Logo worn=worn is_large=true />
                        <strong>{title}</strong>
                        {line}
                    </p>
                    <div class="asks">
                        <h1 lang=first.tag()>{td_string!(first, staff.poster_asks)}</h1>
                        {also_asked(&languages)}
                    </div>
                    <figure class="poster-code">
                        <svg
                            class="qr"
                            viewBox=format!("0 0 {side} {side}")
                            shape-rendering="crispEdges"
                            role="img"
                            aria-label=code
                        >
                            <path d=qr.path()></path>
                        </svg>
                        <figcaption>
                            <span class="address">{address}</span>
                        </figcaption>
                    </figure>
                    <div class="poster-faces" aria-hidden="true">
                        {(1..=5).map(|value| view! { <Face value=value /> }).collect_view()}
                    </div>
                    <p class="poster-foot">{foot(&languages)}</p>
                </div>
            </main>
        </Document>
    }
}

/// The question in the other languages of the venue.
fn also_asked(languages: &[Lang]) -> Option<impl IntoView + use<>> {
    let others = languages.get(1..).filter(|others| !others.is_empty())?;
    let asked = others
        .iter()
        .enumerate()
        .map(|(place, lang)| {
            view! {
                {(place > 0).then_some(" · ")}
                <span lang=lang.tag()>{td_string!(*lang, staff.poster_asks)}</span>
            }
        })
        .collect_view();
    Some(view! { <p>{asked}</p> })
}

fn foot(languages: &[Lang]) -> impl IntoView + use<> {
    languages
        .iter()
        .enumerate()
        .map(|(place, lang)| {
            view! {
                {(place > 0).then(|| view! { <br /> })}
                <span lang=lang.tag()>{td_string!(*lang, staff.poster_foot)}</span>
            }
        })
        .collect_view()
}
