//! "How was tonight?", in one click: the event under way or just ended.

use leptos::prelude::*;

use super::{
    first_steps::{BackupAge, FirstSteps, InstallationData},
    recovery::RecoveryNotice,
    subject::{
        data::{About, SubjectData},
        live_region::LiveRegion,
        page::{audience, head},
    },
};
use crate::{
    bidi::isolated,
    i18n::td_string,
    kit::{
        action::ButtonLink,
        empty::Empty,
        layout::{Layout, NavItem, PageHead, kept_by_time},
        toast::Toast,
    },
    pages::{shell::Shell, when::When},
};
use domain::{event::Event, lang::Lang, time::Millis};

/// What *Tonight* shows.
#[derive(Clone, Debug)]
pub enum TonightData {
    /// an event, or a venue's day outside its events
    Subject {
        /// which, and how it does
        subject: Box<SubjectData>,
        /// what else is on
        others: Vec<Other>,
    },
    /// nothing is on
    Nothing {
        /// milliseconds UTC
        now: Millis,
        /// an IANA name: the clock of the first venue
        time_zone: String,
        /// what comes next
        next: Option<Box<Event>>,
    },
}

/// Another event of the same evening, or another venue's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// the address of its page
    pub path: String,
    /// what, and where or when
    pub title: String,
}

/// Whether people would call it tonight's: it goes on, or was on this day. The one that ended last stands here for longer.
fn is_tonight(subject: &SubjectData, lang: Lang) -> bool {
    let (when, now) = (subject.when(lang), subject.now);
    match &subject.about {
        About::Event(event) => now <= event.ends_at || when.is_same_day(event.ends_at, now),
        About::Day(at) => when.is_same_day(*at, now),
    }
}

/// *Tonight*.
#[component]
pub fn Tonight(
    /// what it shows
    data: TonightData,
    /// for those who look after the installation
    #[prop(optional_no_strip)]
    installation: Option<InstallationData>,
    /// whether the first steps have just been put away
    #[prop(optional)]
    put_away: bool,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, locale, reader) = (shell.lang, shell.locale(), shell.reader);
    let tonight = td_string!(locale, staff.tonight);
    let done = put_away.then(|| td_string!(locale, first_steps.put_away).to_owned());
    let recovered = installation.as_ref().and_then(|data| {
        let used = When::new(lang, &data.time_zone).date_and_time(data.recovered_at?);
        Some(view! { <RecoveryNotice used=used locale=locale /> })
    });
    let steps = installation.clone().map(|data| view! { <FirstSteps data=data locale=locale /> });
    let backup = installation.map(|data| view! { <BackupAge data=data locale=locale /> });
    match data {
        TonightData::Subject { subject, others } => {
            let end = subject.live.is_none().then(|| kept_by_time(lang));
            let head = head(&subject, reader, end);
            let called = if is_tonight(&subject, lang) { tonight } else { td_string!(locale, staff.latest) };
            let title = format!("{called}: {}", isolated(&subject.title(reader)));
            let audience = audience(&subject, lang);
            let others = others
                .into_iter()
                .map(|other| {
                    view! { <ButtonLink href=other.path text=other.title /> }
                })
                .collect::<Vec<_>>();
            let others = (!others.is_empty()).then(|| {
                view! {
                    <nav class="actions" aria-label=td_string!(locale, staff.also_tonight)>
                        <span class="quiet" aria-hidden="true">
                            {td_string!(locale, staff.also_tonight)}
                        </span>
                        {others}
                    </nav>
                }
            });
            view! {
                <Layout shell=shell at=NavItem::Tonight title=title islands=true>
                    {head}
                    <Toast says=done />
                    {recovered}
                    <LiveRegion data=*subject reader=reader />
                    {audience}
                    {others}
                    {steps}
                    {backup}
                </Layout>
            }
            .into_any()
        }
        TonightData::Nothing { now, time_zone, next } => {
            let when = When::new(lang, &time_zone);
            let says = next.map_or_else(
                || td_string!(locale, staff.no_show_empty).to_owned(),
                |event| {
                    let (title, when) =
                        (isolated(reader.words(&event.title).text), when.date_and_time(event.starts_at));
                    td_string!(locale, staff.no_show_next, title = title, when = when)
                },
            );
            let way = ("/staff/events".to_owned(), td_string!(locale, staff.open_programme).to_owned());
            view! {
                <Layout shell=shell at=NavItem::Tonight title=tonight islands=true>
                    <PageHead title=tonight line=when.day(now).into_any() end=Some(kept_by_time(lang)) />
                    <Toast says=done />
                    {recovered}
                    {steps}
                    <Empty title=td_string!(locale, staff.no_show) says=says way=way />
                    {backup}
                </Layout>
            }
            .into_any()
        }
    }
}
