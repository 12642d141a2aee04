//! What the page of an event's ways shows, and where it and its forms are.

use super::paste::Paste;
use crate::{
    i18n::{Lang, td_string},
    pages::{staff::subject::data::event_address, when::When},
};
use domain::{
    event::{Event, Venue, Window},
    id::EventId,
};

/// What the page shows.
#[expect(clippy::struct_excessive_bools, reason = "they say four things that have nothing to do with each other")]
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

/// The field that says that somebody has read what faces as links tell.
pub const READ: &str = "read";

/// The link of an event for mails.
#[derive(Clone, Debug)]
pub struct MailLink {
    /// since when it may name a face, where somebody has asked for that
    pub with_faces: bool,
    /// the text to paste in each language
    pub pastes: Vec<Paste>,
}

/// Since when and until when, in words.
pub(super) fn span(locale: Lang, when: &When, window: Window) -> String {
    td_string!(locale, ways.span, from = when.date_and_time(window.from), until = when.date_and_time(window.until))
}
