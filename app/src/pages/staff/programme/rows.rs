//! The rows of the programme: an event, or a day outside events, and how it went.

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        chart::{Chart, face_bar::thin_face_bar},
        dated_list::{DatedRow, Figure},
    },
    pages::{
        staff::{
            numbers::{ends, percent, signed},
            subject::data::{day_address, event_address},
        },
        when::When,
    },
};
use domain::{
    event::{Event, Venue},
    lang::{Lang, Reader},
    summary::{Note, QuestionKind, QuestionSummary, Summary},
    time::{LocalDay, Millis},
};

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

/// What came in outside events on a day.
pub(super) fn day(row: DayRow, now: Millis, lang: Lang) -> DatedRow {
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
pub(in crate::pages::staff) fn event(row: Row, now: Millis, reader: Reader) -> DatedRow {
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
