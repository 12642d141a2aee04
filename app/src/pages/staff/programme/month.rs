//! The programme of one month: weeks beside each other where there is room, and a list of days on a phone.

use leptos::prelude::*;

use super::views::views;
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink},
        address::Address,
        empty::Empty,
        layout::{Layout, NavItem, PageHead},
    },
    pages::{shell::Shell, staff::subject::data::event_address, when::When},
};
use domain::{
    event::Venue,
    id::EventId,
    lang::{Reader, Text},
    time::{LocalDay, LocalMonth, Millis},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct MonthData {
    /// which month
    pub month: LocalMonth,
    /// the months before and after, as the address names them; empty: there is none
    pub around: [String; 2],
    /// every day of it
    pub days: Vec<Day>,
    /// the venues, to choose one
    pub venues: Vec<Venue>,
    /// this view
    pub here: Address,
}

/// One day.
#[derive(Clone, Debug)]
pub struct Day {
    /// which
    pub day: LocalDay,
    /// its place in the week, Monday being 0
    pub weekday: usize,
    /// whether it is today
    pub is_today: bool,
    /// what takes place, by start
    pub events: Vec<Entry>,
}

/// An event on its day.
#[derive(Clone, Debug)]
pub struct Entry {
    /// which
    pub event: EventId,
    /// what it is called
    pub title: Text,
    /// when it begins
    pub starts_at: Millis,
    /// where
    pub venue: String,
    /// the clock there, an IANA name
    pub time_zone: String,
    /// whether it does not take place
    pub cancelled: bool,
}

/// The page.
#[component]
pub fn Month(
    /// what it shows
    data: MonthData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, reader) = (shell.locale(), shell.reader);
    let MonthData { month, around, days, venues, here } = data;
    let title = td_string!(locale, staff.programme);
    let name = month_name(locale, month);
    let of_several = venues.len() > 1 && here.chosen("venue").is_empty();
    let [before, after] = around;
    let is_empty = days.iter().all(|day| day.events.is_empty());
    let empty = is_empty.then(|| {
        view! { <Empty title=td_string!(locale, season.empty) says=td_string!(locale, season.empty_says) /> }
    });
    let step = |month: String, text: &'static str| {
        (!month.is_empty()).then(|| view! { <ButtonLink href=here.with(&[("month", &month)]) text=text /> })
    };
    let steps = view! {
        {step(before, td_string!(locale, season.before))}
        <ButtonLink href=here.with(&[("month", "")]) text=td_string!(locale, season.this_month) />
        {step(after, td_string!(locale, season.after))}
    };
    let weekdays = (0..7).map(|place| view! { <span>{weekday(locale, place)}</span> }).collect_view();
    let days = days.into_iter().map(|one| day(one, reader, of_several)).collect_view();
    let label = name.clone();
    view! {
        <Layout shell=shell at=NavItem::Programme title=format!("{title}: {name}")>
            <PageHead title=title line=name.clone().into_any() />
            {views(&here, &venues, locale)}
            <nav aria-label=td_string!(locale, season.months)>
                <Actions>{steps}</Actions>
            </nav>
            {empty}
            <section aria-label=label>
                <p class="weekdays" aria-hidden="true">
                    {weekdays}
                </p>
                <ol class="month">{days}</ol>
            </section>
        </Layout>
    }
}

fn day(day: Day, reader: Reader, of_several: bool) -> impl IntoView {
    let lang = reader.lang();
    let Day { day, weekday, is_today, events } = day;
    // The day itself, on whichever clock.
    let words = When::new(lang, "UTC").day(day.midnight_utc());
    let number = day.0 % 100;
    let mut class = format!("from-{weekday}");
    if events.is_empty() {
        class.push_str(" is-empty");
    }
    let today = is_today.then(|| view! { <span class="today">{td_string!(lang, season.today)}</span> });
    let events = events
        .into_iter()
        .map(|entry| {
            let title = reader.words(&entry.title).text.to_owned();
            let time = When::new(lang, &entry.time_zone).time(entry.starts_at);
            let venue = of_several.then(|| view! { <span class="quiet">{entry.venue}</span> });
            let title = if entry.cancelled {
                let cancelled = td_string!(lang, season.cancelled);
                view! {
                    <s>
                        <bdi>{title}</bdi>
                    </s>
                    " "
                    <strong>{cancelled}</strong>
                }
                .into_any()
            } else {
                view! { <bdi>{title}</bdi> }.into_any()
            };
            view! {
                <li>
                    <a href=event_address(entry.event)>
                        <span class="time">{time}</span>
                        " "
                        {title}
                    </a>
                    {venue}
                </li>
            }
        })
        .collect_view();
    view! {
        <li class=class aria-current=is_today.then_some("date")>
            <h2>
                <span class="number" aria-hidden="true">
                    {number}
                </span>
                <span class="whole">{words}</span>
                {today}
            </h2>
            <ul>{events}</ul>
        </li>
    }
}

/// "marraskuu 2026", "november 2026", "November 2026".
#[must_use]
pub fn month_name(locale: Lang, LocalMonth(month): LocalMonth) -> String {
    let name = match month % 100 {
        1 => td_string!(locale, season.january),
        2 => td_string!(locale, season.february),
        3 => td_string!(locale, season.march),
        4 => td_string!(locale, season.april),
        5 => td_string!(locale, season.may),
        6 => td_string!(locale, season.june),
        7 => td_string!(locale, season.july),
        8 => td_string!(locale, season.august),
        9 => td_string!(locale, season.september),
        10 => td_string!(locale, season.october),
        11 => td_string!(locale, season.november),
        _ => td_string!(locale, season.december),
    };
    format!("{name} {}", month / 100)
}

fn weekday(locale: Lang, place: usize) -> &'static str {
    // 5 January 1970 was a Monday.
    let monday = LocalDay::from_date(1970, 1, 5).midnight_utc();
    When::new(locale, "UTC").weekday(monday + i64::try_from(place).unwrap_or(0) * domain::time::DAY)
}
