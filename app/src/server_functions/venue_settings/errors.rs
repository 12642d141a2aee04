//! What may be wrong with each field: one type for each kind of field, in words for the reader.

use crate::{
    i18n::{Lang, td_string},
    server_functions::form_error::{FieldError, FormError},
};

/// Everything that is wrong with a form; nothing where everything is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsErrors {
    /// the hours of each day, from Monday
    pub week: [Option<HoursError>; 7],
    /// how many of one kiosk
    pub burst_most: Option<NumberError>,
    /// how many of one code
    pub burst_by_code: Option<NumberError>,
    /// within how many seconds
    pub burst_seconds: Option<NumberError>,
    /// the digits
    pub pin: Option<PinError>,
    /// how long silent
    pub silent_minutes: Option<NumberError>,
    /// who gets an e-mail
    pub emails: Option<EmailsError>,
    /// which program is told
    pub webhook: Option<WebhookError>,
    /// when nobody is woken
    pub quiet: Option<HoursError>,
    /// how long a show usually is
    pub usual_minutes: Option<NumberError>,
    /// how long before the end answers are taken
    pub window_before: Option<NumberError>,
    /// how long after it
    pub window_after: Option<NumberError>,
    /// for how many days a link in a mail is answered
    pub mail_days: Option<NumberError>,
}

/// What is wrong with two times that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// this one is no time of the day
    NoTime(HoursEnd),
    /// this one is missing
    Missing(HoursEnd),
    /// ends when it begins
    Same,
}

/// One of the two times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursEnd {
    /// when it begins
    From,
    /// when it ends
    Until,
}

/// No whole number, or not between these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberError {
    /// the smallest
    pub least: i64,
    /// the largest
    pub most: i64,
}

/// Not 4 to 8 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinError;

/// What is wrong with a list of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailsError {
    /// one of them is none
    NoEmail(String),
    /// more than this
    TooMany(usize),
}

/// No address of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookError;

impl HoursError {
    /// In the reader's language.
    #[must_use]
    pub fn message(self, locale: Lang) -> String {
        match self {
            Self::NoTime(_) => td_string!(locale, settings.problem_time).to_owned(),
            Self::Missing(_) => td_string!(locale, settings.problem_half).to_owned(),
            Self::Same => td_string!(locale, settings.problem_same).to_owned(),
        }
    }

    /// The field to correct.
    #[must_use]
    pub const fn end(self) -> HoursEnd {
        match self {
            Self::NoTime(end) | Self::Missing(end) => end,
            Self::Same => HoursEnd::Until,
        }
    }
}

impl HoursEnd {
    /// Its name in the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::Until => "until",
        }
    }
}

impl NumberError {
    fn message(self, locale: Lang) -> String {
        td_string!(locale, settings.problem_number, least = self.least, most = self.most)
    }
}

impl EmailsError {
    fn message(&self, locale: Lang) -> String {
        match self {
            Self::NoEmail(address) => td_string!(locale, settings.problem_email, address = address.as_str()),
            Self::TooMany(most) => td_string!(locale, settings.problem_emails, most = most),
        }
    }
}

impl SettingsErrors {
    /// Whether anything is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is wrong, with the id of each field, from the top.
    #[must_use]
    pub fn fields(&self, locale: Lang) -> Vec<FieldError> {
        let Self {
            week, burst_most, burst_by_code, burst_seconds, pin, silent_minutes, emails, webhook, quiet, ..
        } = self;
        let number = |error: &Option<NumberError>| error.map(|error| error.message(locale));
        let hours =
            |id: &str, error: HoursError| (format!("{id}_{}", error.end().as_str()), Some(error.message(locale)));
        let days = week.iter().enumerate().filter_map(|(day, error)| Some(hours(&day_id(day), (*error)?)));
        let quiet = quiet.map(|error| hours("quiet", error));
        let fields = [
            ("usual_minutes", number(&self.usual_minutes)),
            ("window_before", number(&self.window_before)),
            ("window_after", number(&self.window_after)),
            ("mail_days", number(&self.mail_days)),
            ("burst_most", number(burst_most)),
            ("burst_by_code", number(burst_by_code)),
            ("burst_seconds", number(burst_seconds)),
            ("pin", pin.map(|PinError| td_string!(locale, settings.problem_pin).to_owned())),
            ("silent_minutes", number(silent_minutes)),
            ("emails", emails.as_ref().map(|error| error.message(locale))),
            ("webhook", webhook.map(|WebhookError| td_string!(locale, settings.problem_webhook).to_owned())),
        ];
        let fields = fields.into_iter().map(|(id, says)| (id.to_owned(), says));
        days.chain(fields).chain(quiet).filter_map(|(field, says)| Some(FieldError { field, says: says? })).collect()
    }

    /// What an island is told.
    #[must_use]
    pub fn to_form_error(&self, locale: Lang) -> FormError {
        FormError::Fields { says: td_string!(locale, settings.problem).to_owned(), fields: self.fields(locale) }
    }
}

/// What the ids of a day's two fields begin with, Monday being 0.
#[must_use]
pub fn day_id(day: usize) -> String {
    format!("day{day}")
}
