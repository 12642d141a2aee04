//! Lists, and what is known of one thing.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        chart::{Chart, Drawing, face_bar::thin_face_bar},
        dated_list::{DatedList, DatedRow, Figure},
        facts::{FactLayout, Facts},
        log::{Log, LogEntry},
        named_list::NamedList,
        status_list::{Level, StatusList, StatusRow},
    },
};

pub(super) fn dated_list(locale: Lang) -> impl IntoView {
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

pub(super) fn named_list(locale: Lang) -> impl IntoView {
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

pub(super) fn status_list(locale: Lang) -> impl IntoView {
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

pub(super) fn facts(locale: Lang) -> impl IntoView {
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
