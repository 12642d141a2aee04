//! Behind a one-time link: the first start, or the password of somebody new.

mod data;

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

pub use self::data::{FirstStart, SetupData, SetupField, SetupKind, SetupProblem};

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
        SetupKind::Recovery { email } => (
            td_string!(locale, recovery.admin_title),
            td_string!(locale, recovery.admin_lead).to_owned(),
            view! { <FieldRow field=admin_email(locale, email, message(SetupField::Email)) /> }.into_any(),
            td_string!(locale, recovery.go_on),
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

fn admin_email(locale: Lang, value: String, problem: Option<String>) -> Field {
    let label = td_string!(locale, staff.admin_email);
    Field { id: "email", label, kind: "email", value, autocomplete: "username", problem, ..Field::default() }
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
    let email = admin_email(locale, typed.email, message(SetupField::Email));
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
