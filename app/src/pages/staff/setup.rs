//! Behind a one-time link: the first start, or the password of somebody new.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::SubmitButton,
        auth_layout::AuthLayout,
        field::{Field, FieldRow},
        form::FormProblem,
    },
    pages::shell::Shell,
};

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
    /// nothing in it
    Missing,
    /// too much in it
    TooLong,
    /// no address
    NotAnEmail,
    /// somebody has it already
    EmailTaken,
    /// line breaks or other characters that cannot be seen
    Unprintable,
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
    fn message(self, locale: Lang) -> &'static str {
        match self {
            Self::Missing => td_string!(locale, staff.problem_missing),
            Self::TooLong => td_string!(locale, staff.problem_long),
            Self::NotAnEmail => td_string!(locale, staff.problem_email),
            Self::EmailTaken => td_string!(locale, staff.problem_email_taken),
            Self::Unprintable => td_string!(locale, staff.problem_unprintable),
            Self::PasswordTooShort => td_string!(locale, staff.problem_password),
            Self::BadCode => td_string!(locale, staff.problem_code),
            Self::CodeTaken => td_string!(locale, staff.problem_code_taken),
            Self::UnknownZone => td_string!(locale, staff.problem_zone),
        }
    }
}

/// Where most of those who run this are; any other IANA name may be typed.
const ZONES: [&str; 8] = [
    "Europe/Helsinki",
    "Europe/Stockholm",
    "Europe/Mariehamn",
    "Europe/Oslo",
    "Europe/Copenhagen",
    "Europe/Tallinn",
    "Europe/Berlin",
    "Europe/London",
];

/// The set-up page.
#[component]
pub fn Setup(
    /// what it shows
    data: SetupData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let SetupData { action, kind, problems } = data;
    let message = |field| problems.get(&field).map(|problem: &SetupProblem| problem.message(locale).to_owned());
    let password = Field {
        id: "password",
        label: td_string!(locale, staff.password),
        kind: "password",
        autocomplete: "new-password",
        hint: Some(td_string!(locale, staff.password_hint)),
        problem: message(SetupField::Password),
        ..Field::default()
    };
    let problem = (!problems.is_empty()).then(|| td_string!(locale, staff.setup_problem).to_owned());
    let wide = matches!(kind, SetupKind::FirstStart(_));
    let (title, lead, fields, button) = match kind {
        SetupKind::FirstStart(typed) => (
            td_string!(locale, staff.setup_title),
            td_string!(locale, staff.setup_lead).to_owned(),
            first_start(locale, typed, message).into_any(),
            td_string!(locale, staff.begin),
        ),
        SetupKind::Password { email } => (
            td_string!(locale, staff.join_title),
            td_string!(locale, staff.join_lead, email = email.as_str()),
            // Password managers tie the new password to this.
            view! { <input r#type="email" name="email" value=email autocomplete="username" hidden readonly /> }
                .into_any(),
            td_string!(locale, staff.save_password),
        ),
    };
    view! {
        <AuthLayout shell=shell title=title wide=wide>
            <p class="quiet">{lead}</p>
            <form method="post" action=action>
                <FormProblem says=problem />
                {fields}
                <FieldRow field=password />
                <SubmitButton text=button primary=true />
            </form>
        </AuthLayout>
    }
}

fn first_start(locale: Lang, typed: FirstStart, message: impl Fn(SetupField) -> Option<String>) -> impl IntoView {
    let organisation = Field {
        id: "organisation",
        label: td_string!(locale, staff.organisation),
        value: typed.organisation,
        autocomplete: "organization",
        problem: message(SetupField::Organisation),
        ..Field::default()
    };
    let venue = Field {
        id: "venue",
        label: td_string!(locale, staff.venue),
        value: typed.venue,
        hint: Some(td_string!(locale, staff.venue_hint)),
        problem: message(SetupField::Venue),
        ..Field::default()
    };
    let code = Field {
        id: "code",
        label: td_string!(locale, staff.venue_code),
        value: typed.code,
        hint: Some(td_string!(locale, staff.venue_code_hint)),
        problem: message(SetupField::Code),
        ..Field::default()
    };
    let zone = Field {
        id: "time_zone",
        label: td_string!(locale, staff.time_zone),
        value: typed.time_zone,
        hint: Some(td_string!(locale, staff.time_zone_hint)),
        problem: message(SetupField::TimeZone),
        list: Some("zones"),
        ..Field::default()
    };
    let email = Field {
        id: "email",
        label: td_string!(locale, staff.admin_email),
        kind: "email",
        value: typed.email,
        autocomplete: "username",
        problem: message(SetupField::Email),
        ..Field::default()
    };
    view! {
        <div class="pair">
            <FieldRow field=organisation />
            <FieldRow field=venue />
        </div>
        <div class="pair">
            <FieldRow field=code />
            <FieldRow field=zone />
        </div>
        <datalist id="zones">{ZONES.map(|zone| view! { <option value=zone></option> }).collect_view()}</datalist>
        <FieldRow field=email />
    }
}
