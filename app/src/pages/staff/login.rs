//! Log-in.

use leptos::prelude::*;

use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
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
    /// the path to go to afterwards, checked by the handler to be one of ours
    pub next: Option<String>,
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
    view! {
        <AuthLayout shell=shell title=td_string!(locale, staff.login_title)>
            <form method="post" action="/staff/login">
                <FormProblem says=problem />
                {data.next.map(|next| view! { <input r#type="hidden" name="next" value=next /> })}
                <FieldRow field=email />
                <FieldRow field=password />
                <SubmitButton text=td_string!(locale, staff.login) primary=true />
            </form>
            <Actions>
                <ButtonLink href="/staff/forgot" text=td_string!(locale, account.forgot) />
            </Actions>
        </AuthLayout>
    }
}
