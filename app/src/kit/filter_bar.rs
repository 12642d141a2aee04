//! Filters that live in the address: a form that is read, not posted, so that a view can be bookmarked and sent.

use leptos::prelude::*;

use super::{
    action::{Actions, ButtonLink, SubmitButton},
    address::Address,
};
use crate::i18n::{Lang, td_string};

/// A filter with a few values, or by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// what the address calls it
    pub name: &'static str,
    /// what the reader sees
    pub label: &'static str,
    /// value and name of each; the first, with an empty value, is everything. None: a day is chosen
    pub options: Vec<(String, String)>,
}

/// The filters of a view. Choosing begins at the first page again; what else stands in the address stays.
#[component]
pub fn FilterBar(
    /// for whom
    locale: Lang,
    /// where this view is
    here: Address,
    /// from the left
    filters: Vec<Filter>,
) -> impl IntoView {
    let mut names: Vec<&str> = filters.iter().map(|filter| filter.name).collect();
    let is_filtered = names.iter().any(|name| !here.chosen(name).is_empty());
    let clear: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).chain([("page", "")]).collect();
    let clear = is_filtered.then(|| {
        view! { <ButtonLink href=here.with(&clear) text=td_string!(locale, kit.filter_clear) /> }
    });
    names.push("page");
    let kept = here
        .others(&names)
        .map(|(name, value)| view! { <input r#type="hidden" name=name.clone() value=value.clone() /> })
        .collect_view();
    let fields = filters.into_iter().map(|filter| field(filter, &here)).collect_view();
    view! {
        <form class="filters" method="get" action=here.path().to_owned() role="search">
            {kept} {fields}
            <Actions>
                <SubmitButton text=td_string!(locale, kit.filter_show) />
                {clear}
            </Actions>
        </form>
    }
}

fn field(filter: Filter, here: &Address) -> impl IntoView + use<> {
    let Filter { name, label, options } = filter;
    let chosen = here.chosen(name).to_owned();
    let id = format!("filter-{name}");
    if options.is_empty() {
        return view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input id=id name=name r#type="date" value=chosen />
            </div>
        }
        .into_any();
    }
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>{options}</select>
        </div>
    }
    .into_any()
}
