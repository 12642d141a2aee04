//! What the pages of people show, and what may be wrong with what was typed.

use crate::i18n::{Lang, td_string};
use domain::id::UserId;

/// The address of the list.
pub const PEOPLE: &str = "/staff/people";

/// The address of somebody's page.
#[must_use]
pub fn person_address(id: UserId) -> String {
    format!("{PEOPLE}/{id}")
}

/// The words of the roles, as forms send them, from the one that may least.
pub const ROLES: [&str; 3] = ["viewer", "editor", "admin"];

/// A role in the reader's language.
#[must_use]
pub fn role_name(locale: Lang, word: &str) -> &'static str {
    match word {
        "admin" => td_string!(locale, people.role_admin),
        "editor" => td_string!(locale, people.role_editor),
        _ => td_string!(locale, people.role_viewer),
    }
}

/// What may be ticked, and is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// what is sent
    pub value: String,
    /// what the reader sees
    pub name: String,
    /// whether it is ticked
    pub ticked: bool,
}

/// What somebody may do and see, as it stands in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightsForm {
    /// one of [`ROLES`]
    pub role: String,
    /// whether only what is ticked
    pub is_limited: bool,
    /// the venues
    pub venues: Vec<Choice>,
    /// whether nothing is ticked where something must be
    pub nothing_ticked: bool,
}

/// How the log-in of somebody stands; instants in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginState {
    /// a link opens until then
    Invited(String),
    /// no password, and no link that opens
    Expired,
    /// in some browser
    In,
    /// in none
    Out,
    /// may not, since then
    Disabled(String),
}

impl LoginState {
    pub(super) fn says(&self, locale: Lang) -> String {
        match self {
            Self::Invited(until) => td_string!(locale, people.state_invited, until = until.as_str()),
            Self::Expired => td_string!(locale, people.state_expired).to_owned(),
            Self::In => td_string!(locale, people.state_in).to_owned(),
            Self::Out => td_string!(locale, people.state_out).to_owned(),
            Self::Disabled(since) => td_string!(locale, people.state_disabled, since = since.as_str()),
        }
    }
}

/// Somebody as the pages show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// who
    pub id: UserId,
    /// their address
    pub email: String,
    /// one of [`ROLES`]
    pub role: String,
    /// names of what they see; `None`: everything
    pub sees: Option<String>,
    /// how their log-in stands
    pub state: LoginState,
    /// when they were here last, in words
    pub last: Option<String>,
    /// whether they have a second step at the log-in
    pub has_second_step: bool,
    /// whether it is the reader
    pub is_reader: bool,
}

impl PersonRow {
    pub(super) fn sees(&self, locale: Lang) -> String {
        match &self.sees {
            None => td_string!(locale, people.sees_all).to_owned(),
            Some(names) if names.is_empty() => td_string!(locale, people.sees_nothing).to_owned(),
            Some(names) => names.clone(),
        }
    }

    pub(super) fn last(&self, locale: Lang) -> String {
        self.last.clone().unwrap_or_else(|| td_string!(locale, people.never).to_owned())
    }
}
