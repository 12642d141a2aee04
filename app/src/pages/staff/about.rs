//! Which program this is, what is inside it, and where to report a fault.

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        action::SubmitButton,
        facts::Facts,
        layout::{Layout, NavItem, PageHead},
        section::Section,
    },
    pages::shell::Shell,
};
use domain::lang::Lang;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct AboutData {
    /// of the program, with its build: `0.1.0+3f2a09`
    pub version: String,
    /// kind and version: `SQLite 3.51.3`
    pub database: String,
    /// what its screens speak
    pub languages: Vec<Lang>,
    /// a licence, and name and version of every crate that is under it
    pub crates: &'static [(&'static str, &'static str)],
    /// the licence of the font
    pub font: &'static str,
}

/// The page.
#[component]
pub fn About(
    /// what it shows
    data: AboutData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, about.title);
    let languages = data.languages.iter().map(|lang| lang.own_name()).collect::<Vec<_>>().join(", ");
    let report = format!("Aplodi {}, {}", data.version, data.database);
    let facts = [
        (td_string!(locale, about.version), data.version),
        (td_string!(locale, about.database), data.database),
        (td_string!(locale, about.languages), languages),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value)).into();
    let crates = data
        .crates
        .iter()
        .map(|(licence, crates)| {
            view! {
                <h3 lang="en">{*licence}</h3>
                <p class="quiet" lang="en">{*crates}</p>
            }
        })
        .collect_view();
    view! {
        <Layout shell=shell at=NavItem::About title=title>
            <PageHead title=title line="Aplodi".into_any() />
            <Facts facts=facts />
            <Section id="sessions" title=td_string!(locale, about.sessions)>
                <p class="says">{td_string!(locale, about.sessions_says)}</p>
                <form method="post" action="/staff/logout/everywhere">
                    <SubmitButton text=td_string!(locale, about.logout_everywhere) />
                </form>
            </Section>
            <Section id="fault" title=td_string!(locale, about.fault)>
                <p class="says">{td_string!(locale, about.fault_says)}</p>
                <p class="says">
                    <code>{report}</code>
                </p>
            </Section>
            <Section id="inside" title=td_string!(locale, about.inside)>
                <p class="says">{td_string!(locale, about.inside_says)}</p>
                <details class="fold">
                    <summary>{td_string!(locale, about.crates)}</summary>
                    {crates}
                    <p>
                        <a href="/staff/about/licences.txt">{td_string!(locale, about.licence_texts)}</a>
                    </p>
                </details>
                <details class="fold">
                    <summary>{td_string!(locale, about.font)}</summary>
                    <pre lang="en">{data.font}</pre>
                </details>
            </Section>
        </Layout>
    }
}
