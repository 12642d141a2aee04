//! The numbers of a chart, folded away below it.

use leptos::prelude::*;

use crate::i18n::{Lang, td_string};

/// A row of numbers: its head, then its cells.
pub type Row = (String, Vec<String>);

/// The numbers of a chart, for those who cannot see it or want them exactly.
#[component]
pub fn AsTable(
    /// for whom
    locale: Lang,
    /// the heads of the columns; empty: none
    #[prop(optional)]
    heads: Vec<String>,
    /// each row: its head, then its cells
    rows: Vec<Row>,
) -> impl IntoView {
    let heads = (!heads.is_empty()).then(|| {
        let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
        view! {
            <thead>
                <tr>{heads}</tr>
            </thead>
        }
    });
    let rows = rows
        .into_iter()
        .map(|(head, cells)| {
            let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
            view! {
                <tr>
                    <th scope="row">{head}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="as-table">
            <summary>{td_string!(locale, staff.as_table)}</summary>
            <table>
                {heads} <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
