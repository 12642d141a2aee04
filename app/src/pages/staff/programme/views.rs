//! The ways to look at the programme, and the venue that is looked at: both stand in the address.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        address::Address,
        filter_bar::{Filter, FilterBar},
    },
};
use domain::event::Venue;

/// Where the programme is, as a list or as a month.
pub const PROGRAMME: &str = "/staff/events";

/// The word of the month's view in the address.
pub const MONTH: &str = "month";

/// List or month, and the choice of a venue where there are several.
pub(super) fn views(here: &Address, venues: &[Venue], locale: Lang) -> impl IntoView + use<> {
    let is_month = here.chosen("view") == MONTH;
    let link = |href: String, text: &'static str, is_here: bool| {
        view! { <a class="button" href=href aria-current=is_here.then_some("page")>{text}</a> }
    };
    let list = link(here.with(&[("view", ""), ("month", "")]), td_string!(locale, season.list), !is_month);
    let month = link(here.with(&[("view", MONTH)]), td_string!(locale, season.month), is_month);
    let filter = (venues.len() > 1).then(|| {
        let every = (String::new(), td_string!(locale, season.every_venue).to_owned());
        let options = venues.iter().map(|venue| (venue.id.to_string(), venue.name.clone()));
        let options = std::iter::once(every).chain(options).collect();
        let filter = Filter { name: "venue", label: td_string!(locale, season.venue), options };
        view! { <FilterBar locale=locale here=here.clone() filters=vec![filter] /> }
    });
    view! {
        <nav class="actions" aria-label=td_string!(locale, season.views)>
            {list}
            {month}
        </nav>
        {filter}
    }
}
