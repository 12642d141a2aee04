//! The question before a pairing ends.

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::layout::{Layout, NavItem, PageHead},
    pages::shell::Shell,
};
use domain::id::KioskId;

/// Asks whether a kiosk's tablet is to leave.
#[component]
pub fn Unpair(
    /// which kiosk
    id: KioskId,
    /// "Foyer"
    name: String,
    /// the name of its venue
    venue: String,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, pairing.unpair_title, name = name);
    view! {
        <Layout shell=shell at=NavItem::Kiosks title=title.clone()>
            <PageHead title=title line=venue.into_any() />
            <form method="post" action=format!("/staff/kiosks/{id}/unpair") class="slip">
                <p class="says">{td_string!(locale, pairing.unpair_says)}</p>
                <p class="actions">
                    <button class="button is-primary">{td_string!(locale, pairing.unpair_yes)}</button>
                    <a class="button" href=format!("/staff/kiosks/{id}")>{td_string!(locale, pairing.unpair_no)}</a>
                </p>
            </form>
        </Layout>
    }
}
