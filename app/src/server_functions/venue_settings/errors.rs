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
}

/// What is wrong with two times that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// no time of the day
    NoTime,
    /// one of the two is missing
    Half,
    /// begins when it ends
    Same,
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
    pub fn says(self, locale: Lang) -> String {
        match self {
            Self::NoTime => td_string!(locale, settings.problem_time).to_owned(),
            Self::Half => td_string!(locale, settings.problem_half).to_owned(),
            Self::Same => td_string!(locale, settings.problem_same).to_owned(),
        }
    }
}

impl NumberError {
    fn says(self, locale: Lang) -> String {
        td_string!(locale, settings.problem_number, least = self.least, most = self.most)
    }
}

impl EmailsError {
    fn says(&self, locale: Lang) -> String {
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
        let Self { week, burst_most, burst_by_code, burst_seconds, pin, silent_minutes, emails, webhook, quiet } = self;
        let number = |error: &Option<NumberError>| error.map(|error| error.says(locale));
        let days = week.iter().enumerate().map(|(day, error)| (day_id(day), error.map(|error| error.says(locale))));
        let fields = [
            ("burst_most", number(burst_most)),
            ("burst_by_code", number(burst_by_code)),
            ("burst_seconds", number(burst_seconds)),
            ("pin", pin.map(|PinError| td_string!(locale, settings.problem_pin).to_owned())),
            ("silent_minutes", number(silent_minutes)),
            ("emails", emails.as_ref().map(|error| error.says(locale))),
            ("webhook", webhook.map(|WebhookError| td_string!(locale, settings.problem_webhook).to_owned())),
            ("quiet_from", quiet.map(|error| error.says(locale))),
        ];
        let fields = fields.into_iter().map(|(id, says)| (id.to_owned(), says));
        days.chain(fields).filter_map(|(field, says)| Some(FieldError { field, says: says? })).collect()
    }

    /// What an island is told.
    #[must_use]
    pub fn told(&self, locale: Lang) -> FormError {
        FormError::Fields { says: td_string!(locale, settings.problem).to_owned(), fields: self.fields(locale) }
    }
}

/// The id of a day's fields, Monday being 0.
#[must_use]
pub fn day_id(day: usize) -> String {
    format!("day{day}")
}
