//! The pages that the law asks for: the privacy notice and the accessibility statement.

use leptos::prelude::*;

use super::page::Page;
use crate::{i18n::td_string, pages::shell::Shell};
use domain::{
    lang::Lang,
    notices::{Notice, Notices},
};

/// What the pages say beside what is always so.
#[derive(Clone, Debug)]
pub struct NoticesData {
    /// what the organisation says of itself
    pub notices: Notices,
    /// how long the log of the staff is kept, months
    pub audit_months: u32,
    /// after how many months what visitors wrote is blanked; `None`: never by itself
    pub comment_months: Option<u16>,
}

/// The privacy notice: what Article 13 of the GDPR asks to be said.
#[component]
pub fn Privacy(
    /// what it says
    data: NoticesData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let NoticesData { notices, audit_months, comment_months } = data;
    let months = audit_months;
    let authority = notices.get(Notice::Authority).unwrap_or(td_string!(locale, notices.ombudsman)).to_owned();
    let more = notices.get(Notice::Privacy(locale)).map(|more| part(td_string!(locale, notices.more), more));
    let who = view! {
        <section>
            <h2>{td_string!(locale, notices.who)}</h2>
            {contact(&notices, &shell)}
        </section>
    };
    let staff = td_string!(locale, notices.staff_says, months = months);
    let texts = match comment_months {
        Some(1) => td_string!(locale, notices.kept_texts_month).to_owned(),
        Some(months) => td_string!(locale, notices.kept_texts_months, months = months),
        None => td_string!(locale, notices.kept_texts).to_owned(),
    };
    let says = [td_string!(locale, notices.kept_answers), &texts, td_string!(locale, notices.kept_says)];
    let kept = says.join(" ");
    view! {
        <Statement shell=shell title=td_string!(locale, notices.privacy)>
            {who}
            {part(td_string!(locale, notices.why), td_string!(locale, notices.why_says))}
            {part(td_string!(locale, notices.basis), td_string!(locale, notices.basis_says))}
            {part(td_string!(locale, notices.what), &format!("{}\n{staff}", td_string!(locale, notices.what_says)))}
            {part(td_string!(locale, notices.kept), &kept)}
            {part(td_string!(locale, notices.rights), td_string!(locale, notices.rights_says))}
            {part(
                td_string!(locale, notices.complain),
                &format!("{}\n{authority}", td_string!(locale, notices.complain_says)),
            )}
            {more}
        </Statement>
    }
}

/// The accessibility statement, in the order of the model of Decision (EU) 2018/1523.
#[component]
pub fn Accessibility(
    /// what it says
    data: NoticesData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let notices = data.notices;
    let made = td_string!(locale, notices.made);
    let state = match notices.get(Notice::Accessibility(locale)) {
        Some(known) => format!("{}\n{known}\n{made}", td_string!(locale, notices.state_partly)),
        None => format!("{}\n{made}", td_string!(locale, notices.state_whole)),
    };
    let feedback = view! {
        <section>
            <h2>{td_string!(locale, notices.feedback)}</h2>
            <p>{td_string!(locale, notices.feedback_says)}</p>
            {contact(&notices, &shell)}
        </section>
    };
    view! {
        <Statement shell=shell title=td_string!(locale, notices.accessibility)>
            <p>{td_string!(locale, notices.accessibility_says)}</p>
            {part(td_string!(locale, notices.state), &state)}
            {feedback}
            {part(td_string!(locale, notices.enforcement), td_string!(locale, notices.enforcement_says))}
        </Statement>
    }
}

#[component]
fn Statement(shell: Shell, title: &'static str, children: Children) -> impl IntoView {
    let organisation = shell.organisation.clone().into_any();
    view! {
        <Page
            shell=shell
            title=title
            languages=Lang::ALL.map(Into::into).to_vec()
            line=organisation
            heading=title.to_owned()
        >
            {children()}
        </Page>
    }
}

/// A heading, and a paragraph for each line.
fn part(heading: &str, says: &str) -> impl IntoView + use<> {
    let (heading, lines) = (heading.to_owned(), lines(says));
    view! {
        <section>
            <h2>{heading}</h2>
            {lines}
        </section>
    }
}

fn lines(says: &str) -> impl IntoView + use<> {
    says.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()
}

/// Who is responsible, and how to reach them.
fn contact(notices: &Notices, shell: &Shell) -> impl IntoView + use<> {
    let named = notices.get(Notice::Controller).or(Some(shell.organisation.as_str())).filter(|name| !name.is_empty());
    let name = named.unwrap_or(td_string!(shell.locale(), notices.nobody_named)).to_owned();
    let address = notices.get(Notice::Address).map(lines);
    let email = notices.get(Notice::Email).map(|email| {
        let (email, href) = (email.to_owned(), format!("mailto:{email}"));
        view! { <p><a href=href>{email}</a></p> }
    });
    view! {
        <p>{name}</p>
        {address}
        {email}
    }
}
