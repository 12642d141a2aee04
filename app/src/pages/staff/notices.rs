//! What the organisation says of itself on the pages that the law asks for.

use leptos::prelude::*;

use super::organisation::{NOTICES, ORGANISATION};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::{Field, FieldProblem, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::notices::{Notice, Notices};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct NoticesFormData {
    /// what stands in the fields
    pub notices: Notices,
    /// what is longer than it may be
    pub too_long: Option<Notice>,
    /// whether what should be an e-mail address is none
    pub not_an_email: bool,
    /// whether it has just been saved
    pub saved: bool,
}

/// The page.
#[component]
pub fn NoticesForm(
    /// what it shows
    data: NoticesFormData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, lang) = (shell.locale(), shell.lang);
    let NoticesFormData { notices, too_long, not_an_email, saved } = data;
    let is_wrong = too_long.is_some() || not_an_email;
    let problem = is_wrong.then(|| td_string!(locale, notices.problem).to_owned());
    let done = (saved && !is_wrong).then(|| td_string!(locale, notices.saved).to_owned());
    let rows = Notice::ALL
        .map(|notice| {
            let value = notices.get(notice).unwrap_or_default().to_owned();
            let problem = if too_long == Some(notice) {
                Some(td_string!(locale, notices.too_long, most = notice.longest()))
            } else {
                let wrong = notice == Notice::Email && not_an_email;
                wrong.then(|| td_string!(locale, notices.not_an_email).to_owned())
            };
            row(locale, notice, value, problem)
        })
        .collect_view();
    let title = td_string!(locale, notices.title);
    view! {
        <Layout shell=shell at=NavItem::Organisation title=title>
            <PageHead
                title=title
                line=view! { <a href=ORGANISATION>{td_string!(locale, organisation.title)}</a> }.into_any()
            />
            <Toast says=done />
            <form class="settings" method="post" action=NOTICES>
                <FormProblem says=problem />
                <p>{td_string!(locale, notices.lead)}</p>
                <p>
                    <a href=format!("/privacy?lang={lang}")>{td_string!(locale, notices.see_privacy)}</a>
                    " · "
                    <a href=format!("/accessibility?lang={lang}")>{td_string!(locale, notices.see_accessibility)}</a>
                </p>
                {rows}
                <Actions>
                    <SubmitButton text=td_string!(locale, notices.save) primary=true />
                </Actions>
            </form>
        </Layout>
    }
}

fn row(locale: Lang, notice: Notice, value: String, problem: Option<String>) -> AnyView {
    let id = notice.as_str();
    let (label, hint) = match notice {
        Notice::Controller => {
            (td_string!(locale, notices.controller), Some(td_string!(locale, notices.controller_hint)))
        }
        Notice::Address => (td_string!(locale, notices.address), None),
        Notice::Email => (td_string!(locale, notices.email), Some(td_string!(locale, notices.email_hint))),
        Notice::Authority => (td_string!(locale, notices.authority), Some(td_string!(locale, notices.authority_hint))),
        Notice::Privacy(lang) => {
            let label = td_string!(locale, notices.more_privacy, language = lang.own_name());
            return text_row(id, label, value, lang, problem).into_any();
        }
        Notice::Accessibility(lang) => {
            let label = td_string!(locale, notices.more_accessibility, language = lang.own_name());
            return text_row(id, label, value, lang, problem).into_any();
        }
    };
    let field = Field { id, label, value, hint, problem, optional: true, ..Field::default() };
    view! { <FieldRow field=field /> }.into_any()
}

/// A field of several lines, in a language.
fn text_row(id: &'static str, label: String, value: String, lang: Lang, problem: Option<String>) -> impl IntoView {
    let is_wrong = problem.is_some();
    view! {
        <div class="field" data-field=id>
            <label for=id>{label}</label>
            <textarea
                id=id
                name=id
                rows="4"
                lang=lang.tag()
                aria-describedby=is_wrong.then(|| format!("{id}-problem"))
                aria-invalid=is_wrong.then_some("true")
            >
                {value}
            </textarea>
            <FieldProblem id=id says=problem />
        </div>
    }
}
