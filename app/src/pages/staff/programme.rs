//! Every event: what comes, and how those that were went.

use leptos::prelude::*;

use super::{
    numbers::{ends, percent, signed},
    subject::data::{day_address, event_address},
};
use crate::{
    i18n::td_string,
    kit::{
        chart::{Chart, face_bar::thin_face_bar},
        dated_list::{DatedList, DatedRow, Figure},
        empty::Empty,
        layout::{Layout, NavItem, PageHead},
        named_list::NamedList,
        section::Section,
    },
    pages::{shell::Shell, when::When},
};
use domain::{
    event::{Event, Venue},
    lang::{Lang, Reader},
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
    let (lang, locale, reader) = (shell.lang, shell.locale(), shell.reader);
    let ProgrammeData { coming, past, days, venues, may_edit, now, time_zone } = data;
    let title = td_string!(locale, staff.programme);
    let season = When::new(lang, &time_zone).season(now);
    let empty = (coming.is_empty() && past.is_empty()).then(|| {
        let says = td_string!(locale, staff.programme_empty_says);
        view! { <Empty title=td_string!(locale, staff.programme_empty) says=says /> }
    });
    let events = |rows: Vec<Row>| rows.into_iter().map(|row| event(row, now, reader)).collect();
    let (coming, past) = (events(coming), events(past));
    let days = days.into_iter().map(|row| day(row, now, lang)).collect();
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=season.into_any() />
            {empty}
            {list("coming", td_string!(locale, staff.coming), coming)}
            {list("past", td_string!(locale, staff.past), past)}
            {list("days", td_string!(locale, staff.outside_shows), days)}
            {self::venues(&venues, may_edit, locale)}
        </Layout>
    }
}

fn list(id: &'static str, title: &'static str, rows: Vec<DatedRow>) -> Option<impl IntoView> {
    (!rows.is_empty()).then(|| {
        view! {
            <Section id=id title=title>
                <DatedList rows=rows />
            </Section>
        }
    })
}

/// The venues, whose posters hang all year.
fn venues(venues: &[Venue], may_edit: bool, locale: Lang) -> Option<impl IntoView + use<>> {
    let row = |venue: &Venue| {
        let to = |page: &str| format!("/staff/venues/{}/{page}", venue.id);
        let mut links = vec![(to("poster"), td_string!(locale, staff.poster))];
        if may_edit {
            links.push((to("settings"), td_string!(locale, settings.link)));
        }
        (venue.name.clone(), links)
    };
    let rows: Vec<_> = venues.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <Section id="venues" title=td_string!(locale, staff.venues)>
                <NamedList rows=rows />
            </Section>
        }
    })
}

/// What came in outside events on a day.
fn day(row: DayRow, now: Millis, lang: Lang) -> DatedRow {
    let when = When::new(lang, &row.venue.time_zone);
    let aside = match row.aside {
        0 => Figure::default(),
        aside => Figure::new(aside, td_string!(lang, staff.aside_in_list)),
    };
    DatedRow {
        date: when.date(row.at),
        below: with_year(&when, row.at, now, when.weekday(row.at).to_owned()),
        title: row.venue.name,
        href: day_address(row.venue.id, row.day),
        line: String::new(),
        figures: vec![Figure::new(row.counted, answers(row.counted, lang)), aside],
        chart: None,
    }
}

/// An event, and how it went.
fn event(row: Row, now: Millis, reader: Reader) -> DatedRow {
    let lang = reader.lang();
    let when = When::new(lang, &row.time_zone);
    let at = row.event.starts_at;
    let answered = row.summary.as_ref().filter(|summary| summary.counted > 0);
    let first = |kind| answered.and_then(|summary| summary.questions.iter().find(|question| question.kind == kind));
    let count = answered.map_or_else(
        || Figure::none(td_string!(lang, staff.no_answers)),
        |summary| Figure::new(summary.counted, rate(summary, lang)),
    );
    let score = first(QuestionKind::Nps).map_or_else(Figure::default, |summary| score(summary, lang));
    let chart =
        first(QuestionKind::Face).filter(|summary| !summary.counts.is_empty()).map(|summary| chart(summary, lang));
    DatedRow {
        date: when.date(at),
        below: with_year(&when, at, now, when.weekday_and_time(at)),
        title: reader.words(&row.event.title).text.to_owned(),
        href: event_address(row.event.id),
        line: row.venue,
        figures: vec![count, score],
        chart,
    }
}

/// The year only where it is another one than the reader's.
fn with_year(when: &When, at: Millis, now: Millis, text: String) -> String {
    if when.year(at) == when.year(now) { text } else { format!("{} {text}", when.year(at)) }
}

/// "58 % / 540", or just "answers".
fn rate(summary: &Summary, lang: Lang) -> String {
    match summary.attendance.filter(|there| u64::from(*there) >= summary.counted && *there > 0) {
        Some(there) => {
            let rate = percent(lang, summary.counted, there.into());
            td_string!(lang, staff.rate_of, rate = rate, attendance = there)
        }
        None => answers(summary.counted, lang).to_owned(),
    }
}

fn answers(counted: u64, locale: Lang) -> &'static str {
    if counted == 1 { td_string!(locale, staff.answers_one) } else { td_string!(locale, staff.answers_many) }
}

fn score(summary: &QuestionSummary, locale: Lang) -> Figure {
    let Some((score, interval)) = summary.score.zip(summary.interval) else {
        return Figure::none(td_string!(locale, staff.score_too_few));
    };
    let (low, high) = ends(interval);
    let (low, high) = (signed(low), signed(high));
    let beside = if summary.note == Some(Note::SmallSample) {
        td_string!(locale, staff.nps_small_in_list, low = low, high = high)
    } else {
        td_string!(locale, staff.nps_in_list, low = low, high = high)
    };
    Figure::new(signed(score), beside)
}

fn chart(summary: &QuestionSummary, locale: Lang) -> AnyView {
    // The keys are the values of the scale, one digit each, so they stand in their order.
    let counts: Vec<u64> = summary.counts.values().copied().collect();
    let parts = counts.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    let title = td_string!(locale, staff.faces_in_list, parts = parts.as_str());
    view! { <Chart drawing=thin_face_bar(&counts) title=title /> }.into_any()
}
