//! "The tablet in the foyer is silent": what it is, since when, and what to look at.

use serde::{Deserialize, Serialize};

use crate::{i18n::td_string, pages::when::When};
use domain::{
    event::Venue,
    health::alert::{Alert, Kind},
};

/// An e-mail, as it is kept until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    /// what it is about, in a line
    pub subject: String,
    /// what it says
    pub text: String,
}

/// What there is to tell about an alert.
#[derive(Clone, Copy, Debug)]
pub struct AlertNotice<'a> {
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

impl Email {
    /// A notice in the first language of the venue, on its clock.
    #[must_use]
    pub fn of(notice: &AlertNotice<'_>) -> Self {
        let lang = notice.venue.default_lang();
        let when = When::new(lang, &notice.venue.time_zone);
        let since = when.date_and_time(notice.alert.began_at);
        let until = when.date_and_time(notice.alert.ended_at.unwrap_or(notice.alert.began_at));
        let (what, says) = match (notice.alert.kind, notice.is_over) {
            (Kind::Silent, false) => (
                td_string!(lang, health.email_silent),
                td_string!(lang, health.email_silent_says, since = since.as_str()),
            ),
            (Kind::Silent, true) => (
                td_string!(lang, health.email_back),
                td_string!(lang, health.email_back_says, since = since.as_str(), until = until.as_str()),
            ),
            (Kind::Cleared, _) => (
                td_string!(lang, health.email_cleared),
                td_string!(lang, health.email_cleared_says, since = since.as_str()),
            ),
            (Kind::Rejected, _) => (
                td_string!(lang, health.email_rejected),
                td_string!(lang, health.email_rejected_says, since = since.as_str()),
            ),
        };
        let place = format!("{}, {}", one_line(notice.kiosk), one_line(&notice.venue.name));
        let foot = td_string!(lang, health.email_foot, address = notice.address);
        Self { subject: format!("{what}: {place}"), text: format!("{place}\n\n{says}\n\n{foot}\n") }
    }
}

/// A name that cannot begin a line of its own.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
