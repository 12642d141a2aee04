//! One's own account: the password, and where one is logged in.

use leptos::prelude::*;

use super::people::role_name;
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        field::{Field, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        section::Section,
        toast::Toast,
    },
    pages::shell::Shell,
};

/// The address of the page.
pub const ACCOUNT: &str = "/staff/account";
/// Where the second step at the log-in is switched on.
pub const SECOND_STEP: &str = "/staff/account/second-step";

/// A browser in which one is logged in; instants in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// what the form sends to end it
    pub key: String,
    /// since when
    pub since: String,
    /// until when at the latest
    pub until: String,
    /// whether it is this one
    pub is_here: bool,
}

/// What did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// the password now is another one
    Wrong,
    /// tried too often
    Later,
    /// the new one is too short or too long
    Length,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct AccountData {
    /// whose it is
    pub email: String,
    /// the word of their role
    pub role: &'static str,
    /// where they are logged in, the newest first
    pub sessions: Vec<SessionRow>,
    /// how many recovery codes are left of the second step; `None`: there is none
    pub second_step: Option<usize>,
    /// what is wrong with what was typed
    pub problem: Option<PasswordProblem>,
    /// what was done: `changed` or `ended`
    pub done: Option<String>,
}

/// The page.
#[component]
pub fn Account(
    /// what it shows
    data: AccountData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let AccountData { email, role, sessions, second_step, problem, done } = data;
    let title = td_string!(locale, account.title);
    let role = td_string!(locale, account.role_says, role = role_name(locale, role));
    let failed = match done.as_deref() {
        Some("wrong") => Some(td_string!(locale, account.wrong)),
        Some("later") => Some(td_string!(locale, account.later)),
        _ => None,
    };
    let done = done.as_deref().and_then(|word| match word {
        "changed" => Some(td_string!(locale, account.changed).to_owned()),
        "step-off" => Some(td_string!(locale, account.step_switched_off).to_owned()),
        "ended" => Some(td_string!(locale, account.ended).to_owned()),
        _ => None,
    });
    let failed = failed.map(str::to_owned);
    let second_step = step(second_step, locale);
    let sessions = sessions.into_iter().map(|session| row(session, locale)).collect_view();
    view! {
        <Layout shell=shell at=NavItem::About title=title>
            <PageHead title=title line=view! { <bdi>{email.clone()}</bdi> ". " {role} }.into_any() />
            <Toast says=done />
            <FormProblem says=failed />
            {second_step}
            <Section id="password-section" title=td_string!(locale, account.password)>
                {password(email, problem, locale)}
            </Section>
            <Section id="sessions" title=td_string!(locale, account.sessions)>
                <ul class="named">{sessions}</ul>
                <form method="post" action="/staff/logout/everywhere">
                    <SubmitButton text=td_string!(locale, about.logout_everywhere) />
                </form>
            </Section>
        </Layout>
    }
}

fn step(codes_left: Option<usize>, locale: Lang) -> impl IntoView {
    let main = match codes_left {
        None => view! {
            <p class="says">{td_string!(locale, account.step_off_says)}</p>
            <Actions>
                <ButtonLink href=SECOND_STEP text=td_string!(locale, account.step_begin) primary=true />
            </Actions>
        }
        .into_any(),
        Some(left) => {
            let field = Field {
                id: "step_current",
                name: "current",
                label: td_string!(locale, account.current),
                kind: "password",
                autocomplete: "current-password",
                ..Field::default()
            };
            view! {
                <form class="slip" method="post" action=format!("{SECOND_STEP}/off")>
                    <p class="says">{td_string!(locale, account.step_on_says, left = left)}</p>
                    <FieldRow field=field />
                    <Actions>
                        <SubmitButton text=td_string!(locale, account.step_end) />
                    </Actions>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <Section id="second-step" title=td_string!(locale, account.step)>
            {main}
        </Section>
    }
}

fn password(email: String, problem: Option<PasswordProblem>, locale: Lang) -> impl IntoView {
    let later = (problem == Some(PasswordProblem::Later)).then(|| td_string!(locale, account.later).to_owned());
    let now = Field {
        id: "current",
        label: td_string!(locale, account.current),
        kind: "password",
        autocomplete: "current-password",
        problem: (problem == Some(PasswordProblem::Wrong)).then(|| td_string!(locale, account.wrong).to_owned()),
        ..Field::default()
    };
    let new = Field {
        id: "password",
        label: td_string!(locale, account.new),
        kind: "password",
        autocomplete: "new-password",
        hint: Some(td_string!(locale, staff.password_hint)),
        problem: (problem == Some(PasswordProblem::Length))
            .then(|| td_string!(locale, staff.problem_password).to_owned()),
        ..Field::default()
    };
    view! {
        <form class="slip" method="post" action=format!("{ACCOUNT}/password")>
            <FormProblem says=later />
            <p class="says">{td_string!(locale, account.password_says)}</p>
            // Password managers tie the new password to this.
            <input r#type="email" name="email" value=email autocomplete="username" hidden readonly />
            <FieldRow field=now />
            <FieldRow field=new />
            <Actions>
                <SubmitButton text=td_string!(locale, account.change) primary=true />
            </Actions>
        </form>
    }
}

fn row(session: SessionRow, locale: Lang) -> impl IntoView {
    let SessionRow { key, since, until, is_here } = session;
    let (since, until) = (since.as_str(), until.as_str());
    if is_here {
        return view! { <li>{td_string!(locale, account.session_here, since = since)}</li> }.into_any();
    }
    let says = td_string!(locale, account.session, since = since, until = until);
    view! {
        <li>
            {says}
            <form method="post" action=format!("{ACCOUNT}/sessions/end")>
                <input r#type="hidden" name="session" value=key />
                <SubmitButton text=td_string!(locale, account.end) />
            </form>
        </li>
    }
    .into_any()
}
