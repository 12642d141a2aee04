//! An event whose answers are no longer taken.

use leptos::prelude::*;

use super::{
    page::{Page, line},
    thanks::link_list,
};
use crate::{
    i18n::td_string,
    pages::{shell::Shell, when::When},
};
use domain::{
    event::Link,
    lang::{LanguageTag, Text},
    time::Millis,
};

/// What the page says.
#[derive(Clone, Debug)]
pub struct ClosedData {
    /// what was seen
    pub title: Text,
    /// where
    pub venue: String,
    /// the venue's clock, an IANA name
    pub time_zone: String,
    /// the language links, in the order of the venue
    pub languages: Vec<LanguageTag>,
    /// the last instant at which answers were taken
    pub until: Millis,
    /// what the event still has to give
    pub links: Vec<Link>,
}

/// Too late to answer, but not too late for the programme notes.
#[component]
pub fn Closed(
    /// what it says
    data: ClosedData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, locale) = (shell.lang, shell.locale());
    let until = When::new(lang, &data.time_zone).date_and_time(data.until);
    let reader = shell.reader;
    let title = reader.words(&data.title);
    let heading = td_string!(locale, phone.closed);
    view! {
        <Page
            shell=shell
            title=title.text
            languages=data.languages
            line=line(title, &data.venue)
            heading=heading.to_owned()
        >
            <p class="hint">{td_string!(locale, phone.closed_hint, until = until)}</p>
            {(!data.links.is_empty()).then(|| link_list(data.links, reader))}
        </Page>
    }
}
