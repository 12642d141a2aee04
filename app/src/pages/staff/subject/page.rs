//! The page of a subject: its head, and what changes below it.

use leptos::prelude::*;

use super::{
    data::{About, AttendanceForm, Saved, SubjectData, event_address},
    live_region::LiveRegion,
};
use crate::{
    bidi::isolated,
    i18n::td_string,
    islands::live::{Live, Source},
    kit::{
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        toast::Toast,
    },
    pages::{
        shell::Shell,
        staff::{attendance::AttendanceSection, event_form::edit_address, ways::data::ways_address},
    },
};
use domain::lang::{Lang, Reader};

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
    let done = data.saved.map(|saved| match saved {
        Saved::Event => td_string!(lang, event_form.saved),
        Saved::Attendance => td_string!(lang, event_form.saved_attendance),
    });
    let done = done.map(str::to_owned);
    // What nobody has said yet is asked first; afterwards it is below the numbers.
    let is_known = matches!(&data.about, About::Event(event) if event.attendance.is_some());
    let audience = audience(&data, lang);
    let (asked, known) = if is_known { (None, audience) } else { (audience, None) };
    let titles: Vec<&str> = data.overlaps.iter().map(|title| reader.words(title).text).collect();
    let overlaps = (!titles.is_empty()).then(|| td_string!(lang, event_form.overlaps, titles = titles.join(", ")));
    view! {
        <Layout shell=shell at=NavItem::Programme title=title islands=islands>
            {head}
            <Toast says=done />
            <Notice kind=NoticeKind::Standing says=overlaps />
            {asked}
            <LiveRegion data=data reader=reader />
            {known}
        </Layout>
    }
}

/// How many were there, for those who may say so, once it has begun.
pub(in crate::pages::staff) fn audience(data: &SubjectData, lang: Lang) -> Option<impl IntoView + use<>> {
    let About::Event(event) = &data.about else { return None };
    let form = data.attendance_typed.clone();
    let form = form.unwrap_or_else(|| AttendanceForm::of(event.attendance, data.attendance_kind));
    let id = event.id;
    (data.may_edit && event.starts_at <= data.now).then(|| {
        view! { <AttendanceSection event=id form=form locale=lang /> }
    })
}

/// The head of the page: title, when and where, and whether it is live; `end` where nothing on it is.
pub(in crate::pages::staff) fn head(data: &SubjectData, reader: Reader, end: Option<AnyView>) -> impl IntoView + use<> {
    let lang = reader.lang();
    let when = data.when(lang);
    let place_and_time = match &data.about {
        About::Event(event) => {
            let poster = format!("{}/poster", event_address(event.id));
            let line = format!("{} · {} · ", when.date_and_time(event.starts_at), isolated(&data.venue.name));
            let edit = data.may_edit.then(|| {
                view! {
                    " · "
                    <a href=edit_address(event.id)>{td_string!(lang, event_form.edit)}</a>
                }
            });
            let cancelled = data.cancelled.then(|| {
                view! { <strong>{td_string!(lang, event_form.is_cancelled)} " · "</strong> }
            });
            view! {
                {cancelled}
                {line}
                <a href=poster>{td_string!(lang, staff.poster)}</a>
                " · "
                <a href=ways_address(event.id)>{td_string!(lang, ways.link)}</a>
                {edit}
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
