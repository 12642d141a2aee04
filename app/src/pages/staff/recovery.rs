//! The printed recovery code: where it is typed, the sheet to print, and what is said of it elsewhere.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        auth_layout::AuthLayout,
        facts::{FactLayout, Facts},
        field::{Field, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        section::Section,
    },
    pages::shell::Shell,
};

/// Where the code is typed.
pub const RECOVER: &str = "/staff/recover";
/// What makes a new code.
pub const NEW_CODE: &str = "/staff/people/recovery-code";
/// Where an administrator says that they have seen that it was used.
pub const SEEN: &str = "/staff/people/recovery-code/seen";

/// What did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoverProblem {
    /// it is not the code, or no longer
    Wrong,
    /// tried too often
    Later,
}

/// The page on which the code is typed.
#[component]
pub fn Recover(
    /// what did not work
    problem: Option<RecoverProblem>,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let later = (problem == Some(RecoverProblem::Later)).then(|| td_string!(locale, account.later).to_owned());
    let code = Field {
        id: "code",
        label: td_string!(locale, recovery.code),
        hint: Some(td_string!(locale, recovery.code_hint)),
        problem: (problem == Some(RecoverProblem::Wrong)).then(|| td_string!(locale, recovery.wrong).to_owned()),
        exact: true,
        ..Field::default()
    };
    view! {
        <AuthLayout shell=shell title=td_string!(locale, recovery.title)>
            <p class="quiet">{td_string!(locale, recovery.says)}</p>
            <form method="post" action=RECOVER>
                <FormProblem says=later />
                <FieldRow field=code />
                <SubmitButton text=td_string!(locale, recovery.go_on) primary=true />
            </form>
            <Actions>
                <ButtonLink href="/staff/login" text=td_string!(locale, account.forgot_back) />
            </Actions>
        </AuthLayout>
    }
}

/// A sheet with a fresh code.
#[derive(Clone, Debug)]
pub struct SheetData {
    /// the code
    pub code: String,
    /// the address at which it is typed
    pub address: String,
    /// when it was made, in words
    pub made: String,
    /// where the reader goes on
    pub next: &'static str,
}

/// The sheet, shown once, to be printed.
#[component]
pub fn RecoverySheet(
    /// what stands on it
    data: SheetData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let SheetData { code, address, made, next } = data;
    let title = td_string!(locale, recovery.sheet_title, organisation = shell.organisation.as_str());
    let facts = vec![
        (td_string!(locale, recovery.code).to_owned(), code),
        (td_string!(locale, recovery.sheet_where).to_owned(), address),
    ];
    view! {
        <Layout shell=shell at=NavItem::People title=title.clone()>
            <PageHead title=title line=td_string!(locale, recovery.sheet_made, made = made).into_any() />
            <div id="recovery-code">
                <Facts facts=facts layout=FactLayout::Codes />
            </div>
            <p class="says">{td_string!(locale, recovery.sheet_says)}</p>
            <p class="says screen-only">{td_string!(locale, recovery.sheet_print)}</p>
            <Actions>
                <ButtonLink href=next text=td_string!(locale, recovery.sheet_done) primary=true />
            </Actions>
        </Layout>
    }
}

/// What *People* say of the code.
pub(super) fn section(made: Option<&str>, locale: Lang) -> impl IntoView + use<> {
    let state = match made {
        Some(made) => td_string!(locale, recovery.made, made = made),
        None => td_string!(locale, recovery.none).to_owned(),
    };
    view! {
        <Section id="recovery" title=td_string!(locale, recovery.title)>
            <form method="post" action=NEW_CODE class="slip">
                <p class="says">{state}</p>
                <p class="says">{td_string!(locale, recovery.new_says)}</p>
                <Actions>
                    <SubmitButton text=td_string!(locale, recovery.new) />
                </Actions>
            </form>
        </Section>
    }
}

/// What *Tonight* says where the code was used, until the reader has seen it.
#[component]
pub(super) fn RecoveryNotice(
    /// when, in words
    used: String,
    /// the language of the page
    locale: Lang,
) -> impl IntoView {
    view! {
        <section aria-label=td_string!(locale, recovery.title)>
            <Notice kind=NoticeKind::Standing says=td_string!(locale, recovery.used, used = used) />
            <form method="post" action=SEEN>
                <Actions>
                    <SubmitButton text=td_string!(locale, recovery.seen) />
                    <ButtonLink href="/staff/people#recovery" text=td_string!(locale, recovery.new) />
                </Actions>
            </form>
        </section>
    }
}
