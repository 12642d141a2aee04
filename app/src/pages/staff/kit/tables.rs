//! Tables and filters, operated by their address.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        address::Address,
        filter_bar::{Filter, FilterBar},
        table::{Column, Paging, Sorting, Table},
    },
};

/// So many rows a page.
const EACH: usize = 4;

/// Towns and numbers.
const ROWS: [(&str, u64); 9] = [
    ("Lahti", 312),
    ("Turku", 48),
    ("Oulu", 96),
    ("Vaasa", 7),
    ("Kuopio", 130),
    ("Pori", 64),
    ("Kemi", 19),
    ("Espoo", 210),
    ("Rauma", 33),
];

pub(super) fn table(locale: Lang, here: &Address) -> impl IntoView + use<> {
    let many = here.chosen("size") == "many";
    let mut rows: Vec<(&str, u64)> = ROWS.into_iter().filter(|(_, n)| !many || *n >= 50).collect();
    let sorting = Sorting::from_name(here.chosen("sort"));
    match sorting.as_ref().map(|sorting| sorting.by.as_str()) {
        Some("town") => rows.sort_by_key(|(town, _)| *town),
        Some("n") => rows.sort_by_key(|(_, n)| *n),
        _ => {}
    }
    if sorting.as_ref().is_some_and(|sorting| sorting.descending) {
        rows.reverse();
    }
    let (paging, shown) = Paging::of(here.chosen("page"), rows.len(), EACH);
    let rows = rows[shown].iter().map(|(town, n)| vec![(*town).into_any(), (*n).into_any()]).collect();
    let columns = [("town", td_string!(locale, staff.venues)), ("n", td_string!(locale, staff.answered))];
    let columns =
        columns.map(|(key, head)| Column { key: Some(key), head: head.to_owned(), largest_first: key == "n" }).into();
    let all = (String::new(), td_string!(locale, kit.filter_clear).to_owned());
    let filter = Filter {
        name: "size",
        label: td_string!(locale, staff.answered),
        options: vec![all, ("many".into(), "≥ 50".into())],
    };
    view! {
        <FilterBar locale=locale here=here.clone() filters=vec![filter] />
        <Table
            locale=locale
            caption=td_string!(locale, staff.venues)
            columns=columns
            rows=rows
            here=here.clone()
            sorting=sorting
            paging=Some(paging)
        />
    }
}
