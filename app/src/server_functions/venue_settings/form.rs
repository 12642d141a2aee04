//! The fields of the form, as they are typed and sent.

use domain::{
    time::{MINUTE, SECOND},
    venue_settings::{Pin, VenueSettings},
};
use serde::{Deserialize, Serialize};

/// What stands in the fields. Their names are `form[...]` with the names here; what is not sent is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    /// when the doors of the foyer are open
    pub opening: OpeningChoice,
    /// from Monday; counts only where `opening` says so
    pub week: [HoursFields; 7],
    /// as many answers are believed of one kiosk
    pub burst_most: String,
    /// as many are believed of one code
    pub burst_by_code: String,
    /// within these seconds
    pub burst_seconds: String,
    /// whether contradictory answers are set aside
    pub contradiction: bool,
    /// digits; empty: the usual ones
    pub pin: String,
    /// minutes without a sign of life
    pub silent_minutes: String,
    /// separated by commas
    pub emails: String,
    /// an address or nothing
    pub webhook: String,
    /// when nobody is woken
    pub quiet: HoursFields,
    /// how long a show usually is, in minutes; empty: nobody says
    pub usual_minutes: String,
    /// answers are taken so many minutes before the end
    pub window_before: String,
    /// and so many after it
    pub window_after: String,
    /// a link in a mail is answered for so many days
    pub mail_days: String,
}

/// When the doors of the foyer are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OpeningChoice {
    /// at any time
    #[default]
    Always,
    /// by the week
    Hours,
}

/// From when until when; both empty: never.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HoursFields {
    /// `17:00`
    pub from: String,
    /// `02:00`
    pub until: String,
}

impl HoursFields {
    fn of([from, until]: [u16; 2]) -> Self {
        Self { from: clock(from), until: clock(until) }
    }

    fn trimmed(self) -> Self {
        Self { from: trimmed(self.from), until: trimmed(self.until) }
    }
}

impl SettingsForm {
    /// The fields of settings, with the PIN that holds now.
    #[must_use]
    pub fn of(settings: &VenueSettings, pin: &Pin) -> Self {
        let hours = |day| settings.opening.on(day).map(|hours| HoursFields::of([hours.from(), hours.until()]));
        Self {
            opening: if settings.opening.is_always() { OpeningChoice::Always } else { OpeningChoice::Hours },
            week: std::array::from_fn(|day| hours(day).unwrap_or_default()),
            burst_most: settings.burst.most.to_string(),
            burst_by_code: settings.burst.most_by_code.to_string(),
            burst_seconds: (settings.burst.within_ms / SECOND).to_string(),
            contradiction: settings.contradiction,
            pin: pin.as_str().to_owned(),
            silent_minutes: (settings.alerts.silent_after_ms / MINUTE).to_string(),
            emails: settings.alerts.emails.join(", "),
            webhook: settings.alerts.webhook.clone().unwrap_or_default(),
            quiet: settings.alerts.quiet.map(HoursFields::of).unwrap_or_default(),
            usual_minutes: settings.usual_minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            window_before: settings.window.before_minutes.to_string(),
            window_after: settings.window.after_minutes.to_string(),
            mail_days: settings.window.mail_days.to_string(),
        }
    }

    /// Without the spaces around what was typed.
    #[must_use]
    pub fn trimmed(self) -> Self {
        Self {
            week: self.week.map(HoursFields::trimmed),
            burst_most: trimmed(self.burst_most),
            burst_by_code: trimmed(self.burst_by_code),
            burst_seconds: trimmed(self.burst_seconds),
            pin: trimmed(self.pin),
            silent_minutes: trimmed(self.silent_minutes),
            emails: trimmed(self.emails),
            webhook: trimmed(self.webhook),
            quiet: self.quiet.trimmed(),
            usual_minutes: trimmed(self.usual_minutes),
            window_before: trimmed(self.window_before),
            window_after: trimmed(self.window_after),
            mail_days: trimmed(self.mail_days),
            opening: self.opening,
            contradiction: self.contradiction,
        }
    }
}

fn trimmed(typed: String) -> String {
    typed.trim().to_owned()
}

/// 1350 is 22:30, and so is 1350 + 1440.
fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}
