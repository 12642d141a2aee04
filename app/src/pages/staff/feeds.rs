//! Calendar feeds: those that there are, a new one, and its address, which is shown once.

use leptos::prelude::*;

use super::name_problem::name_problem;
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        empty::Empty,
        field::{Field, FieldRow, SelectRow},
        form::{FieldGroup, FormProblem},
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        section::Section,
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::{id::VenueId, name::NameProblem};
use uuid::Uuid;

/// Where they are.
pub const FEEDS: &str = "/staff/events/feeds";

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct FeedsData {
    /// those that there are
    pub feeds: Vec<FeedRow>,
    /// the venues that one may tell of
    pub venues: Vec<(VenueId, String)>,
    /// whether the reader may let one tell of every venue
    pub sees_all: bool,
    /// what stands in the field of the name
    pub name: String,
    /// what is wrong with it
    pub problem: Option<NameProblem>,
    /// the address of the one that has just been made
    pub made: Option<String>,
    /// whether one has just been revoked
    pub removed: bool,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct FeedRow {
    /// which
    pub id: Uuid,
    /// whose calendar it is
    pub name: String,
    /// the venue that it tells of; `None`: every one
    pub venue: Option<String>,
    /// since when, in words
    pub since: String,
}

/// The page.
#[component]
pub fn Feeds(
    /// what it shows
    data: FeedsData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let FeedsData { feeds, venues, sees_all, name, problem, made, removed } = data;
    let title = td_string!(locale, feeds.title);
    let done = removed.then(|| td_string!(locale, feeds.removed).to_owned());
    let wrong = problem.map(|_| td_string!(locale, event_form.problem).to_owned());
    let made = made.map(|address| {
        view! {
            <Notice kind=NoticeKind::Done says=Some(td_string!(locale, feeds.made).to_owned()) />
            <p class="says">
                <code id="address">{address}</code>
            </p>
        }
    });
    let list = list(locale, feeds).into_any();
    let name = Field {
        id: "name",
        label: td_string!(locale, feeds.name),
        hint: Some(td_string!(locale, feeds.name_hint)),
        value: name,
        problem: problem.map(|problem| name_problem(locale, problem).to_owned()),
        ..Field::default()
    };
    let every = sees_all.then(|| view! { <option value="">{td_string!(locale, season.every_venue)}</option> });
    let options =
        venues.into_iter().map(|(id, name)| view! { <option value=id.to_string()>{name}</option> }).collect_view();
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=td_string!(locale, feeds.lead).into_any() />
            <Toast says=done />
            {made}
            {list}
            <form class="settings" method="post" action=FEEDS>
                <FormProblem says=wrong />
                <FieldGroup legend=td_string!(locale, feeds.new) says=td_string!(locale, feeds.new_says)>
                    <FieldRow field=name />
                    <SelectRow id="venue" label=td_string!(locale, season.venue)>
                        {every}
                        {options}
                    </SelectRow>
                </FieldGroup>
                <Actions>
                    <SubmitButton text=td_string!(locale, feeds.make) primary=true />
                    <ButtonLink href="/staff/events" text=td_string!(locale, event_form.back) />
                </Actions>
            </form>
        </Layout>
    }
}

fn list(locale: Lang, feeds: Vec<FeedRow>) -> impl IntoView {
    if feeds.is_empty() {
        let says = td_string!(locale, feeds.none_says);
        return view! { <Empty title=td_string!(locale, feeds.none) says=says /> }.into_any();
    }
    let rows = feeds
        .into_iter()
        .map(|feed| {
            let venue = feed.venue.unwrap_or_else(|| td_string!(locale, season.every_venue).to_owned());
            let label = format!("{}: {}", td_string!(locale, feeds.remove), feed.name);
            view! {
                <li>
                    <h3>{feed.name}</h3>
                    <form method="post" action=format!("{FEEDS}/{}/remove", feed.id) class="actions">
                        <span class="quiet">{venue} " · " {feed.since}</span>
                        <button class="button" aria-label=label>
                            {td_string!(locale, feeds.remove)}
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section id="feeds" title=td_string!(locale, feeds.title)>
            <ul class="named">{rows}</ul>
        </Section>
    }
    .into_any()
}
