//! The venues: all of them, and the form of one. What is decided about how one works is on its settings page.

pub mod form;

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink},
        layout::{Layout, NavItem, PageHead},
        named_list::NamedList,
        toast::Toast,
    },
    pages::{shell::Shell, staff::settings::settings_address},
};
use domain::{event::Venue, id::VenueId};

/// Where the venues are listed.
pub const VENUES: &str = "/staff/venues";

/// Where a new venue is written.
pub const NEW_VENUE: &str = "/staff/venues/new";

/// Where a venue is changed.
#[must_use]
pub fn edit_address(venue: VenueId) -> String {
    format!("{VENUES}/{venue}/edit")
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct VenuesData {
    /// by name
    pub venues: Vec<Venue>,
    /// whether the reader may change something
    pub may_edit: bool,
    /// whether the reader may add one
    pub may_add: bool,
    /// whether one has just been saved
    pub saved: bool,
}

/// The page.
#[component]
pub fn Venues(
    /// what it shows
    data: VenuesData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let VenuesData { venues, may_edit, may_add, saved } = data;
    let title = td_string!(locale, staff.venues);
    let rows = venues.iter().map(|venue| {
        let mut links = vec![(format!("{VENUES}/{}/poster", venue.id), td_string!(locale, staff.poster))];
        if may_edit {
            links.push((edit_address(venue.id), td_string!(locale, event_form.edit)));
            links.push((settings_address(venue.id), td_string!(locale, settings.link)));
        }
        (format!("{} · {} · {}", venue.name, venue.code, venue.time_zone), links)
    });
    let rows = rows.collect();
    let add = may_add.then(|| {
        view! {
            <Actions>
                <ButtonLink href=NEW_VENUE text=td_string!(locale, venues.add) primary=true />
            </Actions>
        }
    });
    let done = saved.then(|| td_string!(locale, settings.saved).to_owned());
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=td_string!(locale, venues.lead).into_any() />
            <Toast says=done />
            {add}
            <section class="section" aria-label=title>
                <NamedList rows=rows />
            </section>
        </Layout>
    }
}
