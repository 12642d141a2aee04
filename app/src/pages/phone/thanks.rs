//! Thanks, and what the event has to give afterwards.

use leptos::prelude::*;

use super::{
    form::CHANGE,
    page::{Page, parts},
};
use crate::{bidi::isolated, i18n::td_string, pages::shell::Shell, screens::face::Face};
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
    /// what was just sent, where the page is told
    pub sent: Option<Sent>,
}

/// An answer that was just sent from here.
#[derive(Clone, Debug)]
pub struct Sent {
    /// the code that it was sent to
    pub code: String,
    /// the signed token of its form
    pub token: String,
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
    let ThanksData { title, languages, first_stands, links, sent } = data;
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
                <h2 id="more">{td_string!(locale, phone.more, title = isolated(&title))}</h2>
                {link_list(links, reader)}
            </nav>
        }
    });
    let sent = sent.map(|Sent { code, token }| {
        let lang = reader.language.to_string();
        let fresh = format!("/f/{code}?lang={lang}");
        let change = (!first_stands).then(|| {
            view! {
                <input r#type="hidden" name="token" value=token />
                <input r#type="hidden" name="lang" value=lang.clone() />
                <button name=CHANGE value=lang>{td_string!(locale, phone.change_answer)}</button>
            }
        });
        view! {
            // An empty form under the same token: what was sent is shown to nobody.
            <form method="post" action=format!("/f/{code}/answer") class="next">
                {change}
                <a href=fresh>{td_string!(locale, phone.somebody_else)}</a>
            </form>
        }
    });
    view! {
        <Page shell=shell title=td_string!(locale, phone.thanks) languages=languages spot=spot.into_any()>
            {more}
            {sent}
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
