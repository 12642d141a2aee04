//! The second step: at the log-in, where it is switched on, and the codes for the day the phone is lost.

use leptos::prelude::*;

use super::{
    account::{ACCOUNT, SECOND_STEP},
    qr::Qr,
};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        auth_layout::AuthLayout,
        facts::{FactLayout, Facts},
        field::{Field, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
    },
    pages::shell::Shell,
};

/// What did not work at the log-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepProblem {
    /// the code does not open
    Wrong,
    /// tried too often
    Later,
}

/// The second step at the log-in.
#[component]
pub fn LoginStep(
    /// what says whose password was right
    ticket: String,
    /// where to go afterwards
    next: Option<String>,
    /// what did not work
    problem: Option<StepProblem>,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let problem = problem.map(|problem| match problem {
        StepProblem::Wrong => td_string!(locale, account.step_wrong).to_owned(),
        StepProblem::Later => td_string!(locale, account.later).to_owned(),
    });
    view! {
        <AuthLayout shell=shell title=td_string!(locale, account.step_title)>
            <p class="quiet">{td_string!(locale, account.step_says)}</p>
            <form method="post" action="/staff/login/code">
                <FormProblem says=problem />
                <input r#type="hidden" name="ticket" value=ticket />
                {next.map(|next| view! { <input r#type="hidden" name="next" value=next /> })}
                <FieldRow field=code(None, locale) />
                <SubmitButton text=td_string!(locale, staff.login) primary=true />
            </form>
        </AuthLayout>
    }
}

fn code(problem: Option<String>, locale: Lang) -> Field {
    Field {
        id: "code",
        label: td_string!(locale, account.step_code),
        autocomplete: "one-time-code",
        exact: true,
        problem,
        ..Field::default()
    }
}

/// What the page shows on which it is switched on.
#[derive(Clone, Debug)]
pub struct SwitchOnData {
    /// what the app scans
    pub qr: Option<Qr>,
    /// what is typed into it instead
    pub key: String,
    /// whether the code was wrong
    pub code_is_wrong: bool,
    /// whether the password was wrong
    pub password_is_wrong: bool,
    /// whether it was tried too often
    pub too_often: bool,
}

/// The page on which it is switched on.
#[component]
pub fn SwitchOn(
    /// what it shows
    data: SwitchOnData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let SwitchOnData { qr, key, code_is_wrong, password_is_wrong, too_often } = data;
    let title = td_string!(locale, account.step);
    let later = too_often.then(|| td_string!(locale, account.later).to_owned());
    let facts = vec![(td_string!(locale, account.step_key).to_owned(), key.clone())];
    let password = Field {
        id: "current",
        label: td_string!(locale, account.current),
        kind: "password",
        autocomplete: "current-password",
        problem: password_is_wrong.then(|| td_string!(locale, account.wrong).to_owned()),
        ..Field::default()
    };
    let code = code(code_is_wrong.then(|| td_string!(locale, account.step_wrong).to_owned()), locale);
    let drawing = qr.map(|qr| {
        let side = qr.side();
        let label = td_string!(locale, account.step_qr);
        view! {
            <svg class="qr" viewBox=format!("0 0 {side} {side}") width="240" height="240" role="img" aria-label=label>
                <rect width=side height=side fill="#fff" />
                <path d=qr.path() fill="#000" />
            </svg>
        }
    });
    view! {
        <Layout shell=shell at=NavItem::About title=title>
            <PageHead title=title line=td_string!(locale, account.step_scan).into_any() />
            {drawing}
            <Facts facts=facts layout=FactLayout::Codes />
            <form class="slip" method="post" action=SECOND_STEP>
                <FormProblem says=later />
                <input r#type="hidden" name="key" value=key />
                <FieldRow field=code />
                <FieldRow field=password />
                <Actions>
                    <SubmitButton text=td_string!(locale, account.step_begin) primary=true />
                    <ButtonLink href=ACCOUNT text=td_string!(locale, account.title) />
                </Actions>
            </form>
        </Layout>
    }
}

/// The recovery codes, shown once.
#[component]
pub fn RecoveryCodes(
    /// the codes
    codes: Vec<String>,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, account.codes_title);
    let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <Layout shell=shell at=NavItem::About title=title>
            <PageHead title=title line=td_string!(locale, account.codes_says).into_any() />
            <ol id="codes">{codes}</ol>
            <Actions>
                <ButtonLink href=ACCOUNT text=td_string!(locale, account.codes_done) primary=true />
            </Actions>
        </Layout>
    }
}
