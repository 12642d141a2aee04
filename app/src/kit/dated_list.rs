//! A list by date, like on a poster: the date, what it is, and a few figures.

use leptos::prelude::*;

/// A row of the list.
#[derive(Debug)]
pub struct DatedRow {
    /// the date, in large letters
    pub date: String,
    /// below the date
    pub below: String,
    /// what it is
    pub title: String,
    /// where the row leads
    pub href: String,
    /// below the title; empty: nothing
    pub line: String,
    /// from the left
    pub figures: Vec<Figure>,
    /// at the right end, where there is room for it
    pub chart: Option<AnyView>,
}

/// A figure of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// the number; empty: there is none
    pub number: String,
    /// what it counts, or why there is none; empty: its place stays free
    pub says: String,
}

impl Figure {
    /// A number, and what it counts.
    #[must_use]
    pub fn new(number: impl ToString, says: impl Into<String>) -> Self {
        Self { number: number.to_string(), says: says.into() }
    }

    /// No number, and why.
    #[must_use]
    pub fn none(says: impl Into<String>) -> Self {
        Self { number: String::new(), says: says.into() }
    }
}

/// Rows by date.
#[component]
pub fn DatedList(
    /// from the top
    rows: Vec<DatedRow>,
) -> impl IntoView {
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ol class="dated">{rows}</ol> }
}

fn row(row: DatedRow) -> impl IntoView {
    let DatedRow { date, below, title, href, line, figures, chart } = row;
    let line = (!line.is_empty()).then(|| view! { <p class="quiet">{line}</p> });
    let figures = figures
        .into_iter()
        .map(|Figure { number, says }| {
            let number = (!number.is_empty()).then(|| view! { <strong>{number}</strong> });
            let says = (!says.is_empty()).then(|| view! { <span>{says}</span> });
            view! { <p class="stat">{number} {says}</p> }
        })
        .collect_view();
    let chart = chart.map(|chart| view! { <div class="chart-cell">{chart}</div> });
    view! {
        <li>
            <p class="date">
                <strong>{date}</strong>
                <span>{below}</span>
            </p>
            <div>
                <h3>
                    <a href=href><bdi>{title}</bdi></a>
                </h3>
                {line}
            </div>
            {figures}
            {chart}
        </li>
    }
}
