//! The page of a subject: its head, and what changes below it.

use leptos::prelude::*;

use super::{
    data::{About, SubjectData, event_address},
    live_region::LiveRegion,
};
use crate::{
    bidi::isolated,
    i18n::td_string,
    islands::live::{Live, Source},
    kit::layout::{Layout, NavItem, PageHead},
    pages::shell::Shell,
};
use domain::lang::Reader;

/// How one event went, or what came in at a venue on a day outside its events.
#[component]
pub fn SubjectPage(
    /// the subject and its summary
    data: SubjectData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, reader) = (shell.lang, shell.reader);
    let title = match &data.about {
        About::Event(_) => data.title(reader),
        About::Day(at) => format!("{} · {}", isolated(&data.title(reader)), data.when(lang).day_since(*at, data.now)),
    };
    let head = head(&data, reader, None);
    let islands = data.live.is_some();
    view! {
        <Layout shell=shell at=NavItem::Programme title=title islands=islands>
            {head}
            <LiveRegion data=data reader=reader />
        </Layout>
    }
}

/// The head of the page: title, when and where, and whether it is live; `end` where nothing on it is.
pub(in crate::pages::staff) fn head(data: &SubjectData, reader: Reader, end: Option<AnyView>) -> impl IntoView + use<> {
    let lang = reader.lang();
    let when = data.when(lang);
    let place_and_time = match &data.about {
        About::Event(event) => {
            let poster = format!("{}/poster", event_address(event.id));
            let line = format!("{} · {} · ", when.date_and_time(event.starts_at), isolated(&data.venue.name));
            view! {
                {line}
                <a href=poster>{td_string!(lang, staff.poster)}</a>
            }
            .into_any()
        }
        About::Day(at) => {
            format!("{} · {}", when.day_since(*at, data.now), td_string!(lang, staff.outside_shows)).into_any()
        }
    };
    let live = data.live.clone().map(|live| {
        provide_context(Source::of_changes(live.changes, live.fragment, lang));
        view! { <Live /> }.into_any()
    });
    let end = live.or(end);
    view! { <PageHead title=data.title(reader) line=place_and_time end=end /> }
}
