//! An event whose answers are no longer taken, or not yet.

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
    /// why there are no questions
    pub says: Says,
    /// what the event still has to give
    pub links: Vec<Link>,
}

/// Why there are no questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// answers are taken from this instant on
    NotYet(Millis),
    /// answers were taken until this instant
    Over(Millis),
    /// the link in a mail was good until this instant
    LinkOver(Millis),
}

/// Too late to answer, or too early, but never too late for the programme notes.
#[component]
pub fn Closed(
    /// what it says
    data: ClosedData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, locale) = (shell.lang, shell.locale());
    let time = |at| When::new(lang, &data.time_zone).date_and_time(at);
    let reader = shell.reader;
    let title = reader.words(&data.title);
    let (heading, hint) = match data.says {
        Says::NotYet(from) => {
            (td_string!(locale, phone.not_yet), td_string!(locale, phone.not_yet_hint, from = time(from)))
        }
        Says::Over(until) => {
            (td_string!(locale, phone.closed), td_string!(locale, phone.closed_hint, until = time(until)))
        }
        Says::LinkOver(until) => {
            (td_string!(locale, phone.link_over), td_string!(locale, phone.link_over_hint, until = time(until)))
        }
    };
    view! {
        <Page
            shell=shell
            title=title.text
            languages=data.languages
            line=line(title, &data.venue)
            heading=heading.to_owned()
        >
            <p class="hint">{hint}</p>
            {(!data.links.is_empty()).then(|| link_list(data.links, reader))}
        </Page>
    }
}
