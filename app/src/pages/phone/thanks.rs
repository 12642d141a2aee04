//! Thanks, and what the event has to give afterwards.

use leptos::prelude::*;

use super::page::{Page, parts};
use crate::{i18n::td_string, pages::shell::Shell, screens::face::Face};
use domain::{
    event::Link,
    lang::{LanguageTag, Reader},
};

/// What the thanks page shows.
#[derive(Clone, Debug)]
pub struct ThanksData {
    /// what was seen, or where on a day without an event
    pub title: String,
    /// the language links, in the order of the venue
    pub languages: Vec<LanguageTag>,
    /// whether what was sent came too late to change the first answer
    pub first_stands: bool,
    /// programme notes, materials
    pub links: Vec<Link>,
}

/// The thanks page.
#[component]
pub fn Thanks(
    /// what it shows
    data: ThanksData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (reader, locale) = (shell.reader, shell.locale());
    let ThanksData { title, languages, first_stands, links } = data;
    let afterwards =
        if first_stands { td_string!(locale, phone.first_stands) } else { td_string!(locale, phone.change_mind) };
    let spot = view! {
        <div class="spot" role="status">
            <Face value=5 />
            <h1>{td_string!(locale, phone.thanks)}</h1>
            <p>{td_string!(locale, phone.thanks_line)}</p>
        </div>
    };
    let more = (!links.is_empty()).then(|| {
        view! {
            <nav aria-labelledby="more">
                <h2 id="more">{td_string!(locale, phone.more, title = title.as_str())}</h2>
                {link_list(links, reader)}
            </nav>
        }
    });
    view! {
        <Page shell=shell title=td_string!(locale, phone.thanks) languages=languages spot=spot.into_any()>
            {more}
            <p class="promise">{afterwards}</p>
        </Page>
    }
}

/// An event's links.
pub(super) fn link_list(links: Vec<Link>, reader: Reader) -> impl IntoView {
    let items = links
        .into_iter()
        .map(|link| {
            let (text, lang, dir) = parts(reader.words(&link.text));
            view! { <li><a href=link.url rel="noopener" lang=lang dir=dir>{text}</a></li> }
        })
        .collect_view();
    view! { <ul class="links">{items}</ul> }
}
