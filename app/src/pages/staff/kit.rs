//! `/staff/kit`, in debug builds: every part of the kit, with made-up content, to be looked at in light, dark and print
//! and in three languages. Headings are the parts' names in the code.

use leptos::prelude::*;

use crate::{
    i18n::{Locale, td_string},
    kit::{
        address::Address,
        as_table::Row,
        chart::{
            Chart, ChartFigure, Drawing, Paint,
            columns::columns,
            dot_plot::dot_plot,
            face_bar::{face_bar, thin_face_bar},
            interval_bar::interval_bar,
            line_band::{Point, line_band},
            sparkline::sparkline,
        },
        confirm::Confirm,
        empty::Empty,
        field::{Field, FieldRow, SelectRow},
        filter_bar::{Filter, FilterBar},
        form::{FieldGroup, FormProblem, Tick, TickRow},
        layout::{Layout, NavItem, PageHead},
        table::{Column, Paging, Sorting, Table},
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::interval::Interval;

/// So many rows a page.
const EACH: usize = 4;

/// Every part of the kit.
#[component]
pub fn Kit(
    /// what was chosen in the table and the filters
    here: Address,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let drawings = drawings();
    let charts = |paint: Paint| {
        let charts = drawings.iter().map(|(name, drawing)| chart(locale, paint, name, drawing)).collect_view();
        view! { <div class="panels">{charts}</div> }
    };
    let (screen, paper) = (charts(Paint::Screen), charts(Paint::Paper));
    let line = view! { <span lang="en">"app/src/kit"</span> }.into_any();
    let says = td_string!(locale, staff.programme_empty_says);
    let confirm = td_string!(locale, pairing.unpair_says);
    let (yes, no) = (td_string!(locale, pairing.unpair_yes), td_string!(locale, pairing.unpair_no));
    view! {
        <Layout shell=shell at=NavItem::Tonight title="Kit">
            <PageHead title="Kit" line=line />
            {part("toast", view! { <Toast says=Some(td_string!(locale, settings.saved).to_owned()) /> })}
            {part("form, field", form(locale))}
            {part("confirm", view! { <Confirm says=confirm action="/staff/kit" yes=yes no=("/staff/kit".to_owned(), no) /> })}
            {part("filter_bar, table", table(locale, &here))}
            {part("empty", view! { <Empty title=td_string!(locale, staff.programme_empty) says=says /> })}
            {part("chart, on the screen", screen)}
            {part("chart, on paper", view! { <div class="paper-sample">{paper}</div> })}
        </Layout>
    }
}

fn part(name: &'static str, inside: impl IntoView + 'static) -> impl IntoView {
    let id = name.replace([' ', ','], "-");
    let heading = id.clone();
    view! {
        <section class="chapter" aria-labelledby=heading>
            <h2 id=id lang="en">{name}</h2>
            {inside}
        </section>
    }
}

fn form(locale: Locale) -> impl IntoView {
    let pin = Field {
        id: "pin",
        label: td_string!(locale, settings.pin),
        value: "12".to_owned(),
        hint: Some(td_string!(locale, settings.pin_hint)),
        problem: Some(td_string!(locale, settings.problem_pin).to_owned()),
        ..Field::default()
    };
    let venue = Field {
        id: "venue",
        label: td_string!(locale, staff.venue),
        hint: Some(td_string!(locale, staff.venue_hint)),
        ..Field::default()
    };
    let tick = |kind, name, value, label| Tick { kind, name, value, checked: true, label, hint: None };
    let hint = Some(("tick-help", td_string!(locale, settings.contradiction_hint)));
    let contradiction = Tick { hint, ..tick("checkbox", "doubt", "true", td_string!(locale, settings.contradiction)) };
    let always = tick("radio", "opening", "always", td_string!(locale, settings.opening_always));
    let hours =
        Tick { checked: false, ..tick("radio", "opening", "hours", td_string!(locale, settings.opening_hours)) };
    view! {
        <form class="settings" method="get" action="/staff/kit">
            <FormProblem says=Some(td_string!(locale, settings.problem).to_owned()) />
            <FieldGroup legend=td_string!(locale, settings.corner) says=td_string!(locale, settings.corner_says)>
                <div class="pair">
                    <FieldRow field=pin />
                    <FieldRow field=venue />
                </div>
                <SelectRow id="place" label=td_string!(locale, pairing.place) hint=Some(td_string!(locale, pairing.name_hint))>
                    <option>"Teltta"</option>
                    <option>"Sali"</option>
                </SelectRow>
                <TickRow tick=contradiction />
                <TickRow tick=always />
                <TickRow tick=hours />
            </FieldGroup>
            <p class="actions">
                <button class="button is-primary">{td_string!(locale, settings.save)}</button>
            </p>
        </form>
    }
}

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

fn table(locale: Locale, here: &Address) -> impl IntoView + use<> {
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
    let columns = columns.map(|(key, head)| Column { key: Some(key), head: head.to_owned() }).into();
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

fn chart(locale: Locale, paint: Paint, name: &'static str, drawing: &Drawing) -> impl IntoView + use<> {
    let drawing = drawing.clone();
    let inside = if name == "sparkline" {
        view! { <Chart drawing=drawing paint=paint title=name /> }.into_any()
    } else {
        let heads = vec![td_string!(locale, staff.answer).to_owned(), td_string!(locale, staff.people).to_owned()];
        let rows: Vec<Row> = vec![("Lahti".to_owned(), vec!["312".to_owned()])];
        view! { <ChartFigure drawing=drawing paint=paint title=name locale=locale heads=heads rows=rows /> }.into_any()
    };
    view! {
        <div class="panel w4">
            <h3 lang="en">{name}</h3>
            {inside}
        </div>
    }
}
