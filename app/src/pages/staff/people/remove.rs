//! The question before somebody is removed.

use leptos::prelude::*;

use super::data::person_address;
use crate::{
    i18n::td_string,
    kit::{
        confirm::Confirm,
        layout::{Layout, NavItem, PageHead},
    },
    pages::shell::Shell,
};
use domain::id::UserId;

/// The page.
#[component]
pub fn RemovePerson(
    /// who
    id: UserId,
    /// their address
    email: String,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, people.remove_title, email = email.as_str());
    let back = person_address(id);
    view! {
        <Layout shell=shell at=NavItem::People title=title.clone()>
            <PageHead title=title line=().into_any() />
            <Confirm
                says=td_string!(locale, people.remove_says)
                action=format!("{back}/remove")
                yes=td_string!(locale, people.remove_yes)
                no=(back, td_string!(locale, people.remove_no))
            />
        </Layout>
    }
}
