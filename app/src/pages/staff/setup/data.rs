//! What the set-up page shows, and what may be wrong with what was posted.

use std::collections::BTreeMap;

use crate::{
    i18n::{Lang, td_string},
    pages::staff::name_problem::name_problem,
};
use domain::name::NameProblem;

/// What the set-up page shows.
#[derive(Clone, Debug)]
pub struct SetupData {
    /// the path to post to, with the one-time token
    pub action: String,
    /// what is asked
    pub kind: SetupKind,
    /// what is wrong with what was posted, by field
    pub problems: BTreeMap<SetupField, SetupProblem>,
}

/// What a one-time link is for.
#[derive(Clone, Debug)]
pub enum SetupKind {
    /// the first start, with what was typed before
    FirstStart(FirstStart),
    /// a password for an account that is there
    Password {
        /// whose
        email: String,
    },
    /// an administrator, by the printed recovery code
    Recovery {
        /// the address that was typed before
        email: String,
    },
}

/// What the first start asks, beside the password. The field names are the names here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstStart {
    /// who runs this server
    pub organisation: String,
    /// the name of the first venue
    pub venue: String,
    /// the short code in its address
    pub code: String,
    /// an IANA name
    pub time_zone: String,
    /// of the first administrator
    pub email: String,
}

impl Default for FirstStart {
    fn default() -> Self {
        Self {
            organisation: String::new(),
            venue: String::new(),
            code: String::new(),
            time_zone: "Europe/Helsinki".to_owned(),
            email: String::new(),
        }
    }
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetupField {
    /// `organisation`
    Organisation,
    /// `venue`
    Venue,
    /// `code`
    Code,
    /// `time_zone`
    TimeZone,
    /// `email`
    Email,
    /// `password`
    Password,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupProblem {
    /// of a name
    Name(NameProblem),
    /// no address
    NotAnEmail,
    /// somebody has it already
    EmailTaken,
    /// under 12 characters
    PasswordTooShort,
    /// not 2 to 12 letters or digits
    BadCode,
    /// another venue or event has it
    CodeTaken,
    /// no IANA name
    UnknownZone,
}

impl SetupProblem {
    pub(super) fn message(self, locale: Lang) -> &'static str {
        match self {
            Self::Name(problem) => name_problem(locale, problem),
            Self::NotAnEmail => td_string!(locale, staff.problem_email),
            Self::EmailTaken => td_string!(locale, staff.problem_email_taken),
            Self::PasswordTooShort => td_string!(locale, staff.problem_password),
            Self::BadCode => td_string!(locale, staff.problem_code),
            Self::CodeTaken => td_string!(locale, staff.problem_code_taken),
            Self::UnknownZone => td_string!(locale, staff.problem_zone),
        }
    }
}
