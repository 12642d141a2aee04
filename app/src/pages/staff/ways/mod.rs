//! The ways to answer about an event, in one place: what hangs in the foyer, what is sent by mail, and until when each is answered.
//!
//! - [`mail`]: the link for the ticket seller's mail;
//! - [`paste`]: the text around it, to paste.

pub mod mail;
pub mod paste;

use leptos::prelude::*;

use self::mail::{MailLink, MailSection};
use super::subject::data::event_address;
use crate::{
    bidi::isolated,
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink},
        layout::{Layout, NavItem, PageHead},
        section::Section,
        toast::Toast,
    },
    pages::{shell::Shell, when::When},
};
use domain::{
    event::{Event, Venue, Window},
    id::EventId,
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct WaysData {
    /// of which event
    pub event: Event,
    /// where it is
    pub venue: Venue,
    /// the address on its posters, without a scheme
    pub poster: String,
    /// when answers at tablets and by posters belong to it
    pub window: Window,
    /// when answers by a link in a mail do
    pub mail_window: Window,
    /// the link for mails, where somebody has asked for one
    pub mail: Option<MailLink>,
    /// whether the survey shows faces, of which a mail can show five
    pub has_faces: bool,
    /// whether the reader may change something
    pub may_edit: bool,
    /// whether something has just been saved
    pub saved: bool,
    /// whether faces were asked for without the tick
    pub not_ticked: bool,
}

/// The address of the page.
#[must_use]
pub fn ways_address(event: EventId) -> String {
    format!("{}/ways", event_address(event))
}

/// Where the link for mails is asked for.
#[must_use]
pub fn mail_address(event: EventId) -> String {
    format!("{}/mail", ways_address(event))
}

/// Where faces as links are asked for.
#[must_use]
pub fn faces_address(event: EventId) -> String {
    format!("{}/faces", ways_address(event))
}

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
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=line.into_any() />
            <Toast says=done />
            {foyer}
            <MailSection data=data locale=locale when=when />
        </Layout>
    }
}

/// Since when and until when, in words.
fn span(locale: Lang, when: &When, window: Window) -> String {
    td_string!(locale, ways.span, from = when.date_and_time(window.from), until = when.date_and_time(window.until))
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
