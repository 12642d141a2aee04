//! The question before a pairing ends.

use leptos::prelude::*;

use crate::{
    bidi::isolated,
    i18n::td_string,
    kit::{
        confirm::Confirm,
        layout::{Layout, NavItem, PageHead},
    },
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
    let title = td_string!(locale, pairing.unpair_title, name = isolated(&name));
    view! {
        <Layout shell=shell at=NavItem::Kiosks title=title.clone()>
            <PageHead title=title line=venue.into_any() />
            <Confirm
                says=td_string!(locale, pairing.unpair_says)
                action=format!("/staff/kiosks/{id}/unpair")
                yes=td_string!(locale, pairing.unpair_yes)
                no=(format!("/staff/kiosks/{id}"), td_string!(locale, pairing.unpair_no))
            />
        </Layout>
    }
}
