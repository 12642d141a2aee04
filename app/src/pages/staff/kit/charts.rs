//! Every chart, and its numbers.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        as_table::{AsTable, Row},
        chart::{
            Chart, ChartFigure, Drawing, Paint,
            columns::columns,
            dot_plot::dot_plot,
            face_bar::{face_bar, thin_face_bar},
            interval_bar::interval_bar,
            line_band::{Point, line_band},
            sparkline::sparkline,
        },
    },
};
use domain::interval::Interval;

pub(super) fn charts(locale: Lang, paint: Paint) -> impl IntoView {
    let charts = drawings().into_iter().map(|(name, drawing)| chart(locale, paint, name, drawing)).collect_view();
    view! { <div class="panels">{charts}</div> }
}

/// Numbers that no chart has.
pub(super) fn as_table(locale: Lang) -> impl IntoView {
    let (heads, rows) = numbers(locale);
    view! { <AsTable locale=locale heads=heads rows=rows /> }
}

fn numbers(locale: Lang) -> (Vec<String>, Vec<Row>) {
    let heads = vec![td_string!(locale, staff.answer).to_owned(), td_string!(locale, staff.people).to_owned()];
    (heads, vec![("Lahti".to_owned(), vec!["312".to_owned()])])
}

const fn interval(low: f64, high: f64) -> Interval {
    Interval { low, high }
}

fn drawings() -> Vec<(&'static str, Drawing)> {
    let points = [(0.0, 20.0), (0.3, 45.0), (0.7, 38.0), (1.0, 60.0)];
    let points = points.map(|(place, score)| Point { place, score, interval: interval(score - 18.0, score + 18.0) });
    let rows = [Some((48.0, interval(33.0, 60.0))), None, Some((-12.0, interval(-40.0, 18.0)))];
    vec![
        ("interval_bar", interval_bar(48.0, interval(33.0, 60.0))),
        ("face_bar", face_bar(&[4, 9, 40, 120, 139])),
        ("thin_face_bar", thin_face_bar(&[4, 9, 40, 120, 139])),
        ("columns", columns(&[2, 5, 3, 0, 60, 90, 41, 12, 4], |place| place < 4, Some(0.44))),
        ("line_band", line_band(&points, -100.0, 100.0)),
        ("dot_plot", dot_plot(&rows, -100.0, 100.0)),
        ("sparkline", sparkline(&[3.0, 5.0, 4.0, 8.0, 7.0, 11.0])),
    ]
}

fn chart(locale: Lang, paint: Paint, name: &'static str, drawing: Drawing) -> impl IntoView {
    let inside = if name == "sparkline" {
        view! { <Chart drawing=drawing paint=paint title=name /> }.into_any()
    } else {
        let (heads, rows) = numbers(locale);
        view! { <ChartFigure drawing=drawing paint=paint title=name locale=locale heads=heads rows=rows /> }.into_any()
    };
    view! {
        <div class="panel w4">
            <h3 lang="en">{name}</h3>
            {inside}
        </div>
    }
}
