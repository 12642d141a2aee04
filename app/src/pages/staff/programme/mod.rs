//! Every event: what comes, and how those that were went, as a list or as a month.

pub mod month;
mod rows;
mod views;

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink},
        address::Address,
        dated_list::{DatedList, DatedRow},
        empty::Empty,
        layout::{Layout, NavItem, PageHead, kept_by_time},
        named_list::NamedList,
        section::Section,
        toast::Toast,
    },
    pages::{
        shell::Shell,
        staff::{
            event_form::NEW_EVENT, feeds::FEEDS, import::IMPORT, late::late, productions::PRODUCTIONS, venues::VENUES,
        },
        when::When,
    },
};
use domain::{event::Venue, lang::Lang, live_delay::LiveDelay, time::Millis};

pub(super) use self::rows::event;
pub use self::rows::{DayRow, Row};
pub use self::views::{MONTH, PROGRAMME};
use self::{rows::day, views::views as ways};

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
    /// how late the numbers of what is on are
    pub delay: LiveDelay,
    /// milliseconds UTC
    pub now: Millis,
    /// the clock of the first venue, an IANA name
    pub time_zone: String,
    /// this view
    pub here: Address,
    /// what was just done
    pub done: Option<ProgrammeDone>,
}

/// What was just done to the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgrammeDone {
    /// an event was deleted
    Deleted,
    /// so many events were added as others are
    Repeated(usize),
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
    let ProgrammeData { coming, past, days, venues, may_edit, delay, now, time_zone, here, done } = data;
    let title = td_string!(locale, staff.programme);
    let season = When::new(lang, &time_zone).season(now);
    let empty = (coming.is_empty() && past.is_empty()).then(|| {
        let says = td_string!(locale, staff.programme_empty_says);
        view! { <Empty title=td_string!(locale, staff.programme_empty) says=says /> }
    });
    let add = (may_edit && !venues.is_empty()).then(|| {
        view! {
            <Actions>
                <ButtonLink href=NEW_EVENT text=td_string!(locale, event_form.add) />
                <ButtonLink href=IMPORT text=td_string!(locale, import_form.link) />
                <ButtonLink href=PRODUCTIONS text=td_string!(locale, productions.title) />
                <ButtonLink href=VENUES text=td_string!(locale, staff.venues) />
            </Actions>
        }
    });
    let done = done.map(|done| match done {
        ProgrammeDone::Deleted => td_string!(locale, event_form.deleted).to_owned(),
        ProgrammeDone::Repeated(events) => td_string!(locale, event_form.repeated, events = events),
    });
    let events = |rows: Vec<Row>| rows.into_iter().map(|row| event(row, now, reader)).collect();
    let (coming, past) = (events(coming), events(past));
    let days = days.into_iter().map(|row| day(row, now, lang)).collect();
    view! {
        <Layout shell=shell at=NavItem::Programme title=title islands=true>
            <PageHead title=title line=season.into_any() end=Some(kept_by_time(lang)) />
            <Toast says=done />
            {ways(&here, &venues, locale)}
            {empty}
            {add}
            {list("coming", td_string!(locale, staff.coming), coming)}
            {list("past", td_string!(locale, staff.past), past)}
            {list("days", td_string!(locale, staff.outside_shows), days)}
            {late(delay, lang)}
            {self::venues(&venues, may_edit, locale)}
            {exports(locale, may_edit)}
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

/// The programme as a file.
fn exports(locale: Lang, may_edit: bool) -> impl IntoView {
    let to = |ending: &str| format!("/staff/events/export.{ending}");
    let feeds = may_edit.then(|| view! { <ButtonLink href=FEEDS text=td_string!(locale, feeds.link) /> });
    view! {
        <Section id="export" title=td_string!(locale, import_form.export)>
            <p class="says">{td_string!(locale, import_form.export_says)}</p>
            <Actions>
                <ButtonLink href=to("csv") text="CSV" />
                <ButtonLink href=to("xlsx") text="XLSX" />
                <ButtonLink href=to("ics") text="iCalendar" />
                {feeds}
            </Actions>
        </Section>
    }
}
