//! What people were told about a tablet, and whether it arrived.

use crate::{i18n::td_string, kit::log::LogEntry, pages::when::When};
use domain::{
    health::alert::{Alert, Kind},
    lang::Lang,
    time::Millis,
};

/// An alert and its messages.
#[derive(Clone, Debug)]
pub struct AlertEntry {
    /// what began
    pub alert: Alert,
    /// where the kiosk stands
    pub kiosk: String,
    /// in which venue
    pub venue: String,
    /// the venue's clock, an IANA name
    pub time_zone: String,
    /// its messages
    pub messages: Vec<Message>,
}

/// A message, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// by what it went
    pub to: To,
    /// what became of it
    pub became: Became,
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// an e-mail address, where the reader may know it
    Email(Option<String>),
    /// a program, by the name of its machine where the reader may know it
    Webhook(Option<String>),
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// nothing yet
    Waiting,
    /// it failed for a reason, which is empty where it is nobody's business, and is tried again
    Failed(String),
    /// it arrived
    Sent(Millis),
    /// nobody tries any more
    GivenUp(Millis, String),
}

/// As it stands in the log.
pub(super) fn log_entry(entry: AlertEntry, lang: Lang) -> LogEntry {
    let when = When::new(lang, &entry.time_zone);
    let what = match entry.alert.kind {
        Kind::Silent => td_string!(lang, health.email_silent),
        Kind::Cleared => td_string!(lang, health.email_cleared),
        Kind::Rejected => td_string!(lang, health.email_rejected),
    };
    let place = format!("{}, {}", entry.kiosk, entry.venue);
    let since = when.date_and_time(entry.alert.began_at);
    let span = match entry.alert.ended_at {
        _ if entry.alert.kind == Kind::Cleared => since,
        None => td_string!(lang, health.alert_since, since = since.as_str()),
        Some(until) => {
            let until = when.date_and_time(until);
            td_string!(lang, health.alert_until, since = since.as_str(), until = until.as_str())
        }
    };
    let lines: Vec<String> = if entry.messages.is_empty() {
        vec![untold(entry.alert, lang).to_owned()]
    } else {
        entry.messages.iter().map(|message| line(message, &when, lang)).collect()
    };
    LogEntry { head: what.to_owned(), beside: place, aside: span, lines }
}

/// Why there is no message.
fn untold(alert: Alert, locale: Lang) -> &'static str {
    if alert.told_at.is_some() {
        td_string!(locale, health.alert_nobody)
    } else if alert.ended_at.is_none() || alert.kind == Kind::Cleared {
        td_string!(locale, health.alert_quiet)
    } else {
        td_string!(locale, health.alert_mended)
    }
}

fn line(message: &Message, when: &When, locale: Lang) -> String {
    let (way, name) = match &message.to {
        To::Email(address) => (td_string!(locale, health.to_email), address),
        To::Webhook(host) => (td_string!(locale, health.to_webhook), host),
    };
    let to = name.as_ref().map_or_else(|| way.to_owned(), |name| format!("{way} {name}"));
    let to = to.as_str();
    match &message.became {
        Became::Failed(why) if why.is_empty() => td_string!(locale, health.trying_alone, to = to),
        Became::GivenUp(at, why) if why.is_empty() => {
            td_string!(locale, health.given_up_alone, to = to, at = when.date_and_time(*at))
        }
        Became::Waiting => td_string!(locale, health.sending, to = to),
        Became::Failed(why) => td_string!(locale, health.trying, to = to, why = why.as_str()),
        Became::Sent(at) => td_string!(locale, health.sent, to = to, at = when.date_and_time(*at)),
        Became::GivenUp(at, why) => {
            td_string!(locale, health.given_up, to = to, at = when.date_and_time(*at), why = why.as_str())
        }
    }
}
