//! A table that is sorted and turned over by links, so that its state stands in the address.

use leptos::prelude::*;

use super::address::Address;
use crate::i18n::{Lang, td_string};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// what the address calls it; `None`: not to be sorted by
    pub key: Option<&'static str>,
    /// its head
    pub head: String,
    /// whether it is sorted from the largest first, as numbers are mostly wanted
    pub largest_first: bool,
}

/// What a table is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// the key of a column
    pub by: String,
    /// from the largest
    pub descending: bool,
}

impl Sorting {
    /// As it stands in the address: `name`, or `-name` from the largest.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        let (by, descending) = word.strip_prefix('-').map_or((word, false), |by| (by, true));
        (!by.is_empty()).then(|| Self { by: by.to_owned(), descending })
    }
}

/// Which page of how many, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// this one
    pub page: usize,
    /// how many there are
    pub pages: usize,
}

impl Paging {
    /// The page that an address names among `rows` rows, and the rows of it.
    #[must_use]
    pub fn of(word: &str, rows: usize, each: usize) -> (Self, std::ops::Range<usize>) {
        let pages = rows.div_ceil(each.max(1)).max(1);
        let page = word.parse().unwrap_or(1).clamp(1, pages);
        let from = (page - 1) * each;
        (Self { page, pages }, from..(from + each).min(rows))
    }
}

/// A table. The first cell of a row is its head.
#[component]
pub fn Table(
    /// for whom
    locale: Lang,
    /// what it is, for those who do not see the heading above it
    #[prop(into)]
    caption: String,
    /// from the left
    columns: Vec<Column>,
    /// from the top, as many cells as columns
    rows: Vec<Vec<AnyView>>,
    /// where this view is; `sort` and `page` are the table's
    here: Address,
    /// what it is sorted by
    #[prop(optional_no_strip)]
    sorting: Option<Sorting>,
    /// which page this is; `None`: it has one only
    #[prop(optional_no_strip)]
    paging: Option<Paging>,
) -> impl IntoView {
    let heads = columns.into_iter().map(|column| head(column, &here, sorting.as_ref())).collect_view();
    let rows = rows
        .into_iter()
        .map(|cells| {
            let mut cells = cells.into_iter();
            let first = cells.next();
            let cells = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
            view! {
                <tr>
                    <th scope="row">{first}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let pages = paging.filter(|paging| paging.pages > 1).map(|paging| pages(locale, paging, &here));
    let label = caption.clone();
    view! {
        <div class="table-scroll" role="region" aria-label=label tabindex="0">
            <table class="table">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {pages}
    }
}

fn head(column: Column, here: &Address, sorting: Option<&Sorting>) -> impl IntoView + use<> {
    let Column { key, head, largest_first } = column;
    let Some(key) = key else { return view! { <th scope="col">{head}</th> }.into_any() };
    let sorted = sorting.filter(|sorting| sorting.by == key).map(|sorting| sorting.descending);
    // A second click turns it round.
    let descending = sorted.map_or(largest_first, |descending| !descending);
    let next = if descending { format!("-{key}") } else { key.to_owned() };
    let state = sorted.map(|descending| if descending { "descending" } else { "ascending" });
    let href = here.with(&[("sort", &next), ("page", "")]);
    view! {
        <th scope="col" aria-sort=state>
            <a href=href>{head}</a>
        </th>
    }
    .into_any()
}

fn pages(locale: Lang, paging: Paging, here: &Address) -> impl IntoView + use<> {
    let Paging { page, pages } = paging;
    let to = |page: usize, rel: &'static str, name: &'static str| {
        let page = if page == 1 { String::new() } else { page.to_string() };
        view! { <a class="button" rel=rel href=here.with(&[("page", &page)])>{name}</a> }
    };
    let back = (page > 1).then(|| to(page - 1, "prev", td_string!(locale, kit.page_before)));
    let on = (page < pages).then(|| to(page + 1, "next", td_string!(locale, kit.page_after)));
    view! {
        <nav class="pages actions" aria-label=td_string!(locale, kit.pages)>
            {back}
            <span class="quiet">{td_string!(locale, kit.page_of, page = page, pages = pages)}</span>
            {on}
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_not_there_is_the_nearest_one() {
        assert_eq!(Paging::of("2", 25, 10), (Paging { page: 2, pages: 3 }, 10..20));
        assert_eq!(Paging::of("9", 25, 10), (Paging { page: 3, pages: 3 }, 20..25));
        for word in ["", "0", "-1", "x"] {
            assert_eq!(Paging::of(word, 25, 10).1, 0..10, "{word}");
        }
        assert_eq!(Paging::of("1", 0, 10), (Paging { page: 1, pages: 1 }, 0..0));
    }

    #[test]
    fn sorting_is_a_word_in_the_address() {
        assert_eq!(Sorting::from_name("-n"), Some(Sorting { by: "n".into(), descending: true }));
        assert_eq!(Sorting::from_name("n"), Some(Sorting { by: "n".into(), descending: false }));
        assert_eq!(Sorting::from_name(""), None);
    }
}
