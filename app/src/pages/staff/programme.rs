//! Every event: what comes, and how those that were went.

use leptos::prelude::*;

use super::{
    numbers::{ends, percent, signed},
    subject::data::{day_address, event_address},
};
use crate::{
    i18n::{Locale, td_string},
    kit::{
        chart::{Chart, face_bar::thin_face_bar},
        empty::Empty,
        layout::{Layout, NavItem, PageHead},
    },
    pages::{shell::Shell, when::When},
};
use domain::{
    event::{Event, Venue},
    lang::Lang,
    summary::{Note, QuestionKind, QuestionSummary, Summary},
    time::{LocalDay, Millis},
};

/// What the programme shows.
#[derive(Clone, Debug)]
pub struct ProgrammeData {
    /// events that have not ended, in order of start
    pub coming: Vec<Row>,
    /// events that have, newest first
    pub past: Vec<Row>,
    /// days with answers outside events, newest first
    pub days: Vec<DayRow>,
    /// the venues, each with a code of its own
    pub venues: Vec<Venue>,
    /// whether the reader may change something
    pub may_edit: bool,
    /// milliseconds UTC
    pub now: Millis,
    /// the clock of the first venue, an IANA name
    pub time_zone: String,
}

/// One event in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// which
    pub event: Event,
    /// where
    pub venue: String,
    /// the venue's clock, an IANA name
    pub time_zone: String,
    /// how it went; `None` where nobody has answered
    pub summary: Option<Summary>,
}

/// A venue's day in the list.
#[derive(Clone, Debug)]
pub struct DayRow {
    /// where
    pub venue: Venue,
    /// the day at the venue
    pub day: LocalDay,
    /// when it begins
    pub at: Millis,
    /// responses that count
    pub counted: u64,
    /// responses set aside
    pub aside: u64,
}

/// The programme.
#[component]
pub fn Programme(
    /// what it shows
    data: ProgrammeData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, locale) = (shell.lang, shell.locale());
    let title = td_string!(locale, staff.programme);
    let season = When::new(lang, &data.time_zone).season(data.now);
    let stage = if data.coming.is_empty() && data.past.is_empty() {
        let says = td_string!(locale, staff.programme_empty_says);
        view! { <Empty title=td_string!(locale, staff.programme_empty) says=says /> }.into_any()
    } else {
        let now = data.now;
        view! {
            {list("coming", td_string!(locale, staff.coming), data.coming, now, lang)}
            {list("past", td_string!(locale, staff.past), data.past, now, lang)}
        }
        .into_any()
    };
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=season.into_any() />
            {stage}
            {days(data.days, data.now, lang)}
            {venues(data.venues, data.may_edit, locale)}
        </Layout>
    }
}

/// What came in outside events, day by day.
fn days(days: Vec<DayRow>, now: Millis, lang: Lang) -> Option<impl IntoView> {
    if days.is_empty() {
        return None;
    }
    let locale = Locale::from(lang);
    let rows = days
        .into_iter()
        .map(|day| {
            let when = When::new(lang, &day.venue.time_zone);
            let weekday = with_year(&when, day.at, now, when.weekday(day.at).to_owned());
            let answers = if day.counted == 1 {
                td_string!(locale, staff.answers_one)
            } else {
                td_string!(locale, staff.answers_many)
            };
            let aside = (day.aside > 0).then(|| {
                view! {
                    <strong>{day.aside}</strong>
                    <span>{td_string!(locale, staff.aside_in_list)}</span>
                }
            });
            view! {
                <li>
                    {date(when.date(day.at), weekday)}
                    <div>
                        <h3>
                            <a href=day_address(day.venue.id, day.day)>{day.venue.name}</a>
                        </h3>
                    </div>
                    <p class="stat">
                        <strong>{day.counted}</strong>
                        <span>{answers}</span>
                    </p>
                    <p class="stat">{aside}</p>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="season" aria-labelledby="days">
            <h2 id="days">{td_string!(locale, staff.outside_shows)}</h2>
            <ol>{rows}</ol>
        </section>
    })
}

/// The venues, whose posters hang all year.
fn venues(venues: Vec<Venue>, may_edit: bool, locale: Locale) -> Option<impl IntoView> {
    if venues.is_empty() {
        return None;
    }
    let way = |venue: &Venue, to: &str, name: &'static str| {
        let label = format!("{}: {name}", venue.name);
        view! { <a class="button" href=format!("/staff/venues/{}/{to}", venue.id) aria-label=label>{name}</a> }
    };
    let rows = venues
        .iter()
        .map(|venue| {
            let settings = may_edit.then(|| way(venue, "settings", td_string!(locale, settings.link)));
            view! {
                <li class="venue">
                    <h3>{venue.name.clone()}</h3>
                    <p class="actions">{way(venue, "poster", td_string!(locale, staff.poster))} {settings}</p>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <section class="season" aria-labelledby="venues">
            <h2 id="venues">{td_string!(locale, staff.venues)}</h2>
            <ul>{rows}</ul>
        </section>
    })
}

fn list(id: &'static str, title: &'static str, rows: Vec<Row>, now: Millis, lang: Lang) -> Option<impl IntoView> {
    if rows.is_empty() {
        return None;
    }
    let rows = rows.into_iter().map(|event| row(event, now, lang)).collect_view();
    Some(view! {
        <section class="season" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ol>{rows}</ol>
        </section>
    })
}

fn row(row: Row, now: Millis, lang: Lang) -> impl IntoView {
    let locale = Locale::from(lang);
    let when = When::new(lang, &row.time_zone);
    let at = row.event.starts_at;
    let time = with_year(&when, at, now, when.weekday_and_time(at));
    let answered = row.summary.as_ref().filter(|summary| summary.counted > 0);
    let first = |kind| answered.and_then(|summary| summary.questions.iter().find(|sums| sums.kind == kind));
    let stat = answered.map_or_else(
        || view! { <span>{td_string!(locale, staff.no_answers)}</span> }.into_any(),
        |summary| {
            view! {
                <strong>{summary.counted}</strong>
                <span>{answers(summary, lang)}</span>
            }
            .into_any()
        },
    );
    let score = first(QuestionKind::Nps).map(|sums| score(sums, locale));
    let chart = first(QuestionKind::Face).filter(|sums| !sums.counts.is_empty()).map(|sums| chart(sums, locale));
    view! {
        <li>
            {date(when.date(at), time)}
            <div>
                <h3>
                    <a href=event_address(row.event.id)>{row.event.title.get(lang).to_owned()}</a>
                </h3>
                <p class="quiet">{row.venue}</p>
            </div>
            <p class="stat">{stat}</p>
            <p class="stat">{score}</p>
            <div class="chart-cell">{chart}</div>
        </li>
    }
}

/// The date like on a poster, with what stands below it.
fn date(date: String, below: String) -> impl IntoView {
    view! {
        <p class="date">
            <strong>{date}</strong>
            <span>{below}</span>
        </p>
    }
}

/// The year only where it is another one than the reader's.
fn with_year(when: &When, at: Millis, now: Millis, text: String) -> String {
    if when.year(at) == when.year(now) { text } else { format!("{} {text}", when.year(at)) }
}

/// "58 % / 540", or just "answers".
fn answers(summary: &Summary, lang: Lang) -> String {
    let locale = Locale::from(lang);
    match summary.attendance.filter(|there| u64::from(*there) >= summary.counted && *there > 0) {
        Some(there) => {
            let rate = percent(lang, summary.counted, there.into());
            td_string!(locale, staff.rate_of, rate = rate, attendance = there)
        }
        None if summary.counted == 1 => td_string!(locale, staff.answers_one).to_owned(),
        None => td_string!(locale, staff.answers_many).to_owned(),
    }
}

fn score(sums: &QuestionSummary, locale: Locale) -> impl IntoView + use<> {
    let Some((score, interval)) = sums.score.zip(sums.interval) else {
        return view! { <span>{td_string!(locale, staff.score_too_few)}</span> }.into_any();
    };
    let (low, high) = ends(interval);
    let (low, high) = (signed(low), signed(high));
    let beside = if sums.note == Some(Note::SmallSample) {
        td_string!(locale, staff.nps_small_in_list, low = low, high = high)
    } else {
        td_string!(locale, staff.nps_in_list, low = low, high = high)
    };
    view! {
        <strong>{signed(score)}</strong>
        <span>{beside}</span>
    }
    .into_any()
}

fn chart(sums: &QuestionSummary, locale: Locale) -> impl IntoView + use<> {
    // The keys are the values of the scale, one digit each, so they stand in their order.
    let counts: Vec<u64> = sums.counts.values().copied().collect();
    let parts = counts.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    let title = td_string!(locale, staff.faces_in_list, parts = parts.as_str());
    view! { <Chart drawing=thin_face_bar(&counts) title=title /> }
}
