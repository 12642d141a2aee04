//! "The tablet in the foyer is silent": what it is, since when, and what to look at.

use serde::{Deserialize, Serialize};

use crate::{
    i18n::{Locale, td_string},
    pages::when::When,
};
use domain::{
    event::Venue,
    health::alert::{Alert, Kind},
};

/// A letter, as it is kept until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// what it is about, in a line
    pub subject: String,
    /// what it says
    pub text: String,
}

/// What there is to tell.
#[derive(Clone, Copy, Debug)]
pub struct News<'a> {
    /// what began
    pub alert: &'a Alert,
    /// whether it is told because it is over
    pub is_over: bool,
    /// where the kiosk stands
    pub kiosk: &'a str,
    /// in which venue
    pub venue: &'a Venue,
    /// where staff look
    pub address: &'a str,
}

impl Letter {
    /// Some news in the first language of the venue, on its clock.
    #[must_use]
    pub fn of(news: &News<'_>) -> Self {
        let lang = news.venue.default_lang();
        let (locale, when) = (Locale::from(lang), When::new(lang, &news.venue.time_zone));
        let since = when.date_and_time(news.alert.began_at);
        let until = when.date_and_time(news.alert.ended_at.unwrap_or(news.alert.began_at));
        let (what, says) = match (news.alert.kind, news.is_over) {
            (Kind::Silent, false) => (
                td_string!(locale, health.letter_silent),
                td_string!(locale, health.letter_silent_says, since = since.as_str()),
            ),
            (Kind::Silent, true) => (
                td_string!(locale, health.letter_back),
                td_string!(locale, health.letter_back_says, since = since.as_str(), until = until.as_str()),
            ),
            (Kind::Cleared, _) => (
                td_string!(locale, health.letter_cleared),
                td_string!(locale, health.letter_cleared_says, since = since.as_str()),
            ),
            (Kind::Rejected, _) => (
                td_string!(locale, health.letter_rejected),
                td_string!(locale, health.letter_rejected_says, since = since.as_str()),
            ),
        };
        let place = format!("{}, {}", one_line(news.kiosk), one_line(&news.venue.name));
        let foot = td_string!(locale, health.letter_foot, address = news.address);
        Self { subject: format!("{what}: {place}"), text: format!("{place}\n\n{says}\n\n{foot}\n") }
    }
}

/// A name that cannot begin a line of its own.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
