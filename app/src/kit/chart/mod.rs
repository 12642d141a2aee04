//! Charts, drawn by us. A mark is a pure function from numbers to a [`Drawing`]; [`Chart`] draws it with one of two
//! paints: classes on the screen, so that the style sheet decides, and attributes on paper, where there is none.
//!
//! - [`interval_bar`]: a score on its scale, with its interval;
//! - [`face_bar`]: how often each face was chosen;
//! - [`columns`]: how many, slot by slot;
//! - [`line_band`]: a score over time, with its interval as a band;
//! - [`dot_plot`]: several scores on one scale, each with its interval;
//! - [`sparkline`]: a course in the height of a line of text.
//!
//! Geometry is stretched to the room that there is, so that no letter belongs into a drawing: words stand beside it.
//! Whoever cannot see a drawing has its title and, in [`ChartFigure`], its numbers as a table.

pub mod columns;
pub mod dot_plot;
mod drawing;
pub mod face_bar;
pub mod interval_bar;
pub mod line_band;
mod paint;
pub mod sparkline;
mod tone;

use leptos::prelude::*;

pub use self::{
    drawing::{Drawing, Shape},
    paint::Paint,
    tone::Tone,
};
use super::as_table::{AsTable, Row};
use crate::i18n::Lang;

/// A drawing with a title for those who cannot see it.
#[component]
pub fn Chart(
    /// what is drawn
    drawing: Drawing,
    /// how it is coloured
    #[prop(optional)]
    paint: Paint,
    /// what it shows, in a sentence
    #[prop(into)]
    title: String,
) -> impl IntoView {
    let [left, top, width, height] = drawing.view;
    let class = format!("chart {}", drawing.class);
    let size = paint.size(drawing.class);
    let label = title.clone();
    let shapes = drawing.shapes.iter().map(|shape| paint::shape(shape, paint)).collect_view();
    view! {
        <svg
            class=class
            viewBox=format!("{left} {top} {width} {height}")
            width=size.map(|[width, _]| width)
            height=size.map(|[_, height]| height)
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            <title>{title}</title>
            {shapes}
        </svg>
    }
}

/// A drawing, and its numbers as a table.
#[component]
pub fn ChartFigure(
    /// what is drawn
    drawing: Drawing,
    /// how it is coloured
    #[prop(optional)]
    paint: Paint,
    /// what it shows, in a sentence
    #[prop(into)]
    title: String,
    /// for whom
    locale: Lang,
    /// the heads of the columns
    heads: Vec<String>,
    /// the numbers
    rows: Vec<Row>,
) -> impl IntoView {
    view! {
        <figure class="chart-figure">
            <Chart drawing=drawing paint=paint title=title />
            <AsTable locale=locale heads=heads rows=rows />
        </figure>
    }
}
