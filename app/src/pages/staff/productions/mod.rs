//! The productions: all of them, one with its events, and the form of one.

pub mod form;
pub mod one;

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink},
        empty::Empty,
        layout::{Layout, NavItem, PageHead},
        named_list::NamedList,
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::{id::ProductionId, lang::Text, production::ProductionKind};

/// Where the productions are listed.
pub const PRODUCTIONS: &str = "/staff/productions";

/// Where a new production is written.
pub const NEW_PRODUCTION: &str = "/staff/productions/new";

/// Where a production is changed.
#[must_use]
pub fn edit_address(production: ProductionId) -> String {
    format!("{PRODUCTIONS}/{production}/edit")
}

/// Where a production stands with its events, and a course with its numbers.
#[must_use]
pub fn production_address(production: ProductionId) -> String {
    format!("{PRODUCTIONS}/{production}")
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ProductionsData {
    /// which, what they are called and of what kind they are
    pub productions: Vec<(ProductionId, Text, ProductionKind)>,
    /// whether the reader may add and change them
    pub may_edit: bool,
    /// whether one has just been saved
    pub saved: bool,
}

/// The page.
#[component]
pub fn Productions(
    /// what it shows
    data: ProductionsData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, reader) = (shell.locale(), shell.reader);
    let ProductionsData { productions, may_edit, saved } = data;
    let title = td_string!(locale, productions.title);
    let empty = productions.is_empty().then(|| {
        let says = td_string!(locale, productions.empty_says);
        view! { <Empty title=td_string!(locale, productions.empty) says=says /> }
    });
    let rows = productions.iter().map(|(id, title, kind)| {
        let mut links = vec![(production_address(*id), td_string!(locale, productions.open))];
        if may_edit {
            links.push((edit_address(*id), td_string!(locale, event_form.edit)));
        }
        (format!("{} · {}", reader.words(title).text, kind_name(locale, *kind)), links)
    });
    let rows = rows.collect();
    let add = may_edit.then(|| {
        view! {
            <Actions>
                <ButtonLink href=NEW_PRODUCTION text=td_string!(locale, productions.add) primary=true />
            </Actions>
        }
    });
    let done = saved.then(|| td_string!(locale, productions.saved).to_owned());
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=td_string!(locale, productions.lead).into_any() />
            <Toast says=done />
            {add}
            {empty}
            <section class="section" aria-label=title>
                <NamedList rows=rows />
            </section>
        </Layout>
    }
}

/// What a kind of show is called.
pub(super) fn kind_name(locale: Lang, kind: ProductionKind) -> &'static str {
    match kind {
        ProductionKind::Concert => td_string!(locale, productions.kind_concert),
        ProductionKind::Circus => td_string!(locale, productions.kind_circus),
        ProductionKind::Workshop => td_string!(locale, productions.kind_workshop),
        ProductionKind::SchoolVisit => td_string!(locale, productions.kind_school_visit),
        ProductionKind::Course => td_string!(locale, productions.kind_course),
        ProductionKind::Stream => td_string!(locale, productions.kind_stream),
        ProductionKind::Other => td_string!(locale, productions.kind_other),
    }
}
