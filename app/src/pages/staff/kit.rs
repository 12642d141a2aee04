//! `/staff/kit`, in debug builds: every part of the kit, with made-up content, to be looked at in light, dark and print
//! and in three languages. Headings are the parts' names in the code.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
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
        dated_list::{DatedList, DatedRow, Figure},
        empty::Empty,
        facts::{FactLayout, Facts},
        field::{Field, FieldRow, SelectRow},
        filter_bar::{Filter, FilterBar},
        form::{FieldGroup, FormProblem, Tick, TickRow},
        layout::{Layout, NavItem, PageHead},
        log::{Log, LogEntry},
        named_list::NamedList,
        notice::{Notice, NoticeKind},
        section::Section,
        status_list::{Level, StatusList, StatusRow},
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
            {part("toast, notice", notices(locale))}
            {part("action", actions(locale))}
            {part("form, field", form(locale))}
            {part("confirm", view! { <Confirm says=confirm action="/staff/kit" yes=yes no=("/staff/kit".to_owned(), no) /> })}
            {part("filter_bar, table", table(locale, &here))}
            {part("dated_list", dated_list(locale))}
            {part("named_list", named_list(locale))}
            {part("status_list", status_list(locale))}
            {part("facts, log", facts(locale))}
            {part("empty", view! { <Empty title=td_string!(locale, staff.programme_empty) says=says /> })}
            {part("chart, on the screen", screen)}
            {part("chart, on paper", view! { <div class="paper-sample">{paper}</div> })}
        </Layout>
    }
}

fn part(name: &'static str, inside: impl IntoView + 'static) -> impl IntoView {
    let id = name.replace([' ', ','], "-");
    view! {
        <Section id=id title=name lang="en">
            {inside.into_any()}
        </Section>
    }
}

fn notices(locale: Lang) -> impl IntoView {
    let standing = td_string!(locale, health.mail_off).to_owned();
    view! {
        <Toast says=Some(td_string!(locale, settings.saved).to_owned()) />
        <Notice kind=NoticeKind::Standing says=Some(standing) />
    }
}

fn actions(locale: Lang) -> impl IntoView {
    view! {
        <Actions>
            <ButtonLink href="/staff/kit" text=td_string!(locale, health.pair) primary=true />
            <ButtonLink href="/staff/kit" text=td_string!(locale, health.help) />
        </Actions>
    }
}

fn dated_list(locale: Lang) -> impl IntoView {
    let row = |title: &str, figures: Vec<Figure>, chart: Option<Drawing>| DatedRow {
        date: "24.11.".to_owned(),
        below: "19.00".to_owned(),
        title: title.to_owned(),
        href: "/staff/kit".to_owned(),
        line: "Teltta".to_owned(),
        figures,
        chart: chart.map(|drawing| view! { <Chart drawing=drawing title="thin_face_bar" /> }.into_any()),
    };
    let answers = td_string!(locale, staff.answers_many);
    let figures = vec![Figure::new(312, answers), Figure::new("+48", "NPS, +33…+60")];
    let rows = vec![
        row("Talvisirkus", figures, Some(thin_face_bar(&[4, 9, 40, 120, 139]))),
        row("Syyssinfonia", vec![Figure::none(td_string!(locale, staff.no_answers)), Figure::default()], None),
    ];
    view! { <DatedList rows=rows /> }
}

fn named_list(locale: Lang) -> impl IntoView {
    let to = "/staff/kit".to_owned();
    let links = vec![(to.clone(), td_string!(locale, staff.poster)), (to, td_string!(locale, settings.link))];
    view! { <NamedList rows=vec![("Konserttisali".to_owned(), links.clone()), ("Teltta".to_owned(), links)] /> }
}

/// Name and value of what is known of a made-up tablet.
fn known(locale: Lang) -> Vec<(String, String)> {
    let facts = [
        (td_string!(locale, health.last_contact), td_string!(locale, health.ago_minutes, n = 5)),
        (td_string!(locale, health.waits), "0".to_owned()),
        (td_string!(locale, health.battery), td_string!(locale, health.battery_charging, n = 64)),
    ];
    facts.map(|(name, value)| (name.to_owned(), value)).into()
}

fn status_list(locale: Lang) -> impl IntoView {
    let row = |name: &str, level, word, says: &str| StatusRow {
        name: name.to_owned(),
        href: "/staff/kit".to_owned(),
        line: "Teltta".to_owned(),
        level: (level, word),
        messages: vec![(level, says.to_owned())],
        facts: known(locale),
    };
    let battery = td_string!(locale, health.is_battery, n = 9);
    let rows = vec![
        row("1", Level::Urgent, td_string!(locale, health.weight_urgent), td_string!(locale, health.is_never_now)),
        row("2", Level::Look, td_string!(locale, health.weight_look), &battery),
        row("3", Level::Note, td_string!(locale, health.weight_note), td_string!(locale, health.is_not_persisted)),
        row("4", Level::Fine, td_string!(locale, health.weight_fine), td_string!(locale, health.all_well_says)),
    ];
    view! { <StatusList rows=rows /> }
}

fn facts(locale: Lang) -> impl IntoView {
    let codes = vec![("Konserttisali".to_owned(), "471100".to_owned()), ("Teltta".to_owned(), "092499".to_owned())];
    let entry = LogEntry {
        head: td_string!(locale, health.email_silent).to_owned(),
        beside: "1, Teltta".to_owned(),
        aside: td_string!(locale, health.alert_since, since = "24.11. 19.00"),
        lines: vec![td_string!(locale, health.alert_nobody).to_owned()],
    };
    view! {
        <Facts facts=known(locale) />
        <Facts facts=codes layout=FactLayout::Codes />
        <Log entries=vec![entry] />
    }
}

fn form(locale: Lang) -> impl IntoView {
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
            <Actions>
                <SubmitButton text=td_string!(locale, settings.save) primary=true />
            </Actions>
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

fn table(locale: Lang, here: &Address) -> impl IntoView + use<> {
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

fn chart(locale: Lang, paint: Paint, name: &'static str, drawing: &Drawing) -> impl IntoView + use<> {
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
