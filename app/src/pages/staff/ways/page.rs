//! The page of an event's ways.

use leptos::prelude::*;

use super::{
    data::{WaysData, span},
    mail::MailSection,
};
use crate::{
    bidi::isolated,
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink},
        layout::{Layout, NavItem, PageHead},
        section::Section,
        toast::Toast,
    },
    pages::{shell::Shell, staff::subject::data::event_address, when::When},
};

/// The page.
#[component]
pub fn Ways(
    /// what it shows
    data: WaysData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, reader) = (shell.locale(), shell.reader);
    let title = td_string!(locale, ways.title);
    let done = data.saved.then(|| td_string!(locale, ways.saved).to_owned());
    let when = When::new(shell.lang, &data.venue.time_zone);
    let id = data.event.id;
    let shown = reader.words(&data.event.title).text.to_owned();
    let line = view! {
        <a href=event_address(id)>{shown}</a>
        {format!(" · {} · {}", when.date_and_time(data.event.starts_at), isolated(&data.venue.name))}
    };
    let foyer = foyer(&data, locale, &when);
    let stage = stage(&data, locale);
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=line.into_any() />
            <Toast says=done />
            {foyer}
            {stage}
            <MailSection data=data locale=locale when=when />
        </Layout>
    }
}

/// What is answered in the house and on the way home.
fn foyer(data: &WaysData, locale: Lang, when: &When) -> impl IntoView + use<> {
    let poster = format!("{}/poster", event_address(data.event.id));
    let (address, span) = (data.poster.clone(), span(locale, when, data.window));
    view! {
        <Section id="poster" title=td_string!(locale, ways.foyer)>
            <p>{td_string!(locale, ways.foyer_says)} " " <strong>{address}</strong></p>
            <p>{span}</p>
            <Actions>
                <ButtonLink href=poster text=td_string!(locale, staff.poster) />
                <ButtonLink href="/staff/kiosks" text=td_string!(locale, ways.tablets) />
            </Actions>
        </Section>
    }
}

/// The screens of the event and of the house.
fn stage(data: &WaysData, locale: Lang) -> impl IntoView + use<> {
    let (event, venue) = (format!("/stage/{}", data.event.code), format!("/stage/{}", data.venue.code));
    view! {
        <Section id="stage" title=td_string!(locale, ways.stage)>
            <p>{td_string!(locale, ways.stage_says)}</p>
            <Actions>
                <ButtonLink href=event text=td_string!(locale, ways.stage_event) />
                <ButtonLink href=venue text=td_string!(locale, ways.stage_venue) />
            </Actions>
        </Section>
    }
}
