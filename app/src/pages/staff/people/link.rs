//! A link by which somebody chooses a password, shown once.

use leptos::prelude::*;

use super::data::PEOPLE;
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink},
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
    },
    pages::shell::Shell,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct LinkData {
    /// whose
    pub email: String,
    /// the link
    pub link: String,
    /// until when it opens, in words
    pub until: String,
    /// whether it was sent to them
    pub is_mailed: bool,
}

/// The page.
#[component]
pub fn LinkPage(
    /// what it shows
    data: LinkData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let LinkData { email, link, until, is_mailed } = data;
    let (email, until) = (email.as_str(), until.as_str());
    let title = td_string!(locale, people.link_title, email = email);
    let says = td_string!(locale, people.link_says, email = email, until = until);
    let (kind, sent) = if is_mailed {
        (NoticeKind::Done, td_string!(locale, people.link_mailed, email = email))
    } else {
        (NoticeKind::Standing, td_string!(locale, people.link_not_mailed).to_owned())
    };
    view! {
        <Layout shell=shell at=NavItem::People title=title.clone()>
            <PageHead title=title line=says.into_any() />
            <Notice kind=kind says=Some(sent) />
            <p class="says">
                <code id="link">{link}</code>
            </p>
            <Actions>
                <ButtonLink href=PEOPLE text=td_string!(locale, people.back) />
            </Actions>
        </Layout>
    }
}
