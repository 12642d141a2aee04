//! Log-in.

use leptos::prelude::*;

use super::recovery::RECOVER;
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        address::Address,
        auth_layout::AuthLayout,
        field::{Field, FieldRow},
        form::FormProblem,
    },
    pages::shell::Shell,
};

/// What the log-in page shows.
#[derive(Clone, Debug, Default)]
pub struct LoginData {
    /// what was typed before
    pub email: String,
    /// why the last attempt failed
    pub problem: Option<LoginProblem>,
    /// whether another log-in says who somebody is, and whether nobody logs in with a password
    pub open_id: OpenIdWay,
    /// the path to go to afterwards, checked by the handler to be one of ours
    pub next: Option<String>,
}

/// Where somebody logs in with OpenID Connect.
pub const BEGIN: &str = "/staff/login/openid";
/// Where they come back.
pub const BACK: &str = "/staff/login/openid/back";

/// Whether there is a provider of OpenID Connect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenIdWay {
    /// there is none
    #[default]
    None,
    /// there is one, beside passwords
    Beside,
    /// there is one, and nobody logs in with a password
    Only,
}

/// Why an attempt failed. It never says which of the two was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginProblem {
    /// e-mail and password do not belong together
    Wrong,
    /// too many attempts
    Later {
        /// how long to wait, in minutes, at least 1
        minutes: u64,
    },
    /// nobody logs in with a password
    NoPasswords,
    /// the provider was not reached, or what it says is not believed
    Provider,
    /// the provider knows who it is, but they have no account and no group of theirs has a role
    Stranger,
    /// they may not log in any more
    Disabled,
}

/// Log-in; posts `email`, `password` and perhaps `next` to `/staff/login`.
#[component]
pub fn Login(
    /// what it shows
    data: LoginData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let problem = data.problem.map(|problem| match problem {
        LoginProblem::Wrong => td_string!(locale, staff.login_wrong).to_owned(),
        LoginProblem::Later { minutes } => td_string!(locale, staff.login_later, minutes = minutes),
        LoginProblem::NoPasswords => td_string!(locale, open_id.only).to_owned(),
        LoginProblem::Provider => td_string!(locale, open_id.failed).to_owned(),
        LoginProblem::Stranger => td_string!(locale, open_id.stranger).to_owned(),
        LoginProblem::Disabled => td_string!(locale, open_id.disabled).to_owned(),
    });
    let email = Field {
        id: "email",
        label: td_string!(locale, staff.email),
        kind: "email",
        value: data.email,
        autocomplete: "username",
        ..Field::default()
    };
    let password = Field {
        id: "password",
        label: td_string!(locale, staff.password),
        kind: "password",
        autocomplete: "current-password",
        ..Field::default()
    };
    let is_only = data.open_id == OpenIdWay::Only;
    let begin = Address::new(BEGIN, []).with(&[("next", data.next.as_deref().unwrap_or_default())]);
    let lost = if is_only {
        (RECOVER, td_string!(locale, recovery.have_sheet))
    } else {
        ("/staff/forgot", td_string!(locale, account.forgot))
    };
    let (said_above, said_in_form) = if is_only { (problem, None) } else { (None, problem) };
    let elsewhere = (data.open_id != OpenIdWay::None).then(|| {
        view! {
            <FormProblem says=said_above />
            <Actions>
                <ButtonLink href=begin text=td_string!(locale, open_id.begin) primary=is_only />
            </Actions>
        }
    });
    let with_password = (!is_only).then(|| {
        view! {
            <form method="post" action="/staff/login">
                <FormProblem says=said_in_form />
                {data.next.map(|next| view! { <input r#type="hidden" name="next" value=next /> })}
                <FieldRow field=email />
                <FieldRow field=password />
                <SubmitButton text=td_string!(locale, staff.login) primary=true />
            </form>
        }
    });
    view! {
        <AuthLayout shell=shell title=td_string!(locale, staff.login_title)>
            {elsewhere}
            {with_password}
            <Actions>
                <ButtonLink href=lost.0 text=lost.1 />
            </Actions>
        </AuthLayout>
    }
}
