//! People: who there is, somebody new, what each may do and see.
//!
//! - [`person`]: the page of one; [`readers`]: who reads by e-mail only; [`link`]: a link that is shown once; [`remove`]: the question before somebody is removed.

mod data;
pub mod link;
pub mod person;
pub mod readers;
pub mod remove;
mod rights;

use leptos::prelude::*;

use self::rights::rights;
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        address::Address,
        field::{Field, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        section::Section,
        table::{Column, Table},
        toast::Toast,
    },
    pages::{
        shell::Shell,
        staff::{audit::LOG, recovery},
    },
};

pub use self::data::{Choice, LoginState, PEOPLE, PersonRow, ROLES, RightsForm, person_address, role_name};

/// What may be wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// it is none
    NoAddress,
    /// somebody has it
    Taken,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct PeopleData {
    /// everybody, by address
    pub people: Vec<PersonRow>,
    /// the address that was typed
    pub email: String,
    /// what is wrong with it
    pub email_problem: Option<EmailProblem>,
    /// what stands in the other fields
    pub rights: RightsForm,
    /// whether somebody has just been removed
    pub removed: bool,
    /// when the printed recovery code was made that opens, in words
    pub code_made: Option<String>,
}

/// The page.
#[component]
pub fn People(
    /// what it shows
    data: PeopleData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let PeopleData { people, email, email_problem, rights: form, removed, code_made } = data;
    let title = td_string!(locale, people.title);
    let is_wrong = email_problem.is_some() || form.nothing_ticked;
    let problem = is_wrong.then(|| td_string!(locale, people.problem).to_owned());
    let removed = removed.then(|| td_string!(locale, people.removed).to_owned());
    let email = Field {
        id: "email",
        label: td_string!(locale, people.email),
        kind: "email",
        value: email,
        problem: email_problem.map(|problem| match problem {
            EmailProblem::NoAddress => td_string!(locale, staff.problem_email).to_owned(),
            EmailProblem::Taken => td_string!(locale, staff.problem_email_taken).to_owned(),
        }),
        exact: true,
        ..Field::default()
    };
    let fields = rights(form, locale);
    view! {
        <Layout shell=shell at=NavItem::People title=title>
            <PageHead title=title line=td_string!(locale, people.line).into_any() />
            <Toast says=removed />
            {list(people, locale)}
            <Actions>
                <ButtonLink href=LOG text=td_string!(locale, audit.link) />
                <ButtonLink href=readers::READERS text=td_string!(locale, readers.link) />
            </Actions>
            <Section id="invite" title=td_string!(locale, people.invite)>
                <p class="says">{td_string!(locale, people.invite_says)}</p>
                <form class="settings" method="post" action=PEOPLE>
                    <FormProblem says=problem />
                    <FieldRow field=email />
                    {fields}
                    <Actions>
                        <SubmitButton text=td_string!(locale, people.do_invite) primary=true />
                    </Actions>
                </form>
            </Section>
            {recovery::section(code_made.as_deref(), locale)}
        </Layout>
    }
}

fn list(people: Vec<PersonRow>, locale: Lang) -> impl IntoView {
    let columns = [
        td_string!(locale, people.email),
        td_string!(locale, people.role),
        td_string!(locale, people.sees),
        td_string!(locale, people.state),
        td_string!(locale, account.step),
        td_string!(locale, people.last),
    ];
    let columns = columns.map(|head| Column { key: None, head: head.to_owned(), largest_first: false }).to_vec();
    let rows = people.into_iter().map(|person| row(&person, locale)).collect();
    view! { <Table locale=locale caption=td_string!(locale, people.title) columns=columns rows=rows here=Address::new(PEOPLE, []) /> }
}

fn row(person: &PersonRow, locale: Lang) -> Vec<AnyView> {
    let you = person.is_reader.then(|| format!(" ({})", td_string!(locale, people.you)));
    let link = view! {
        <a href=person_address(person.id)>
            <bdi>{person.email.clone()}</bdi>
        </a>
        {you}
    };
    vec![
        link.into_any(),
        data::role_name(locale, &person.role).into_any(),
        person.sees(locale).into_any(),
        person.state.says(locale).into_any(),
        if person.has_second_step { "✓" } else { "–" }.into_any(),
        person.last(locale).into_any(),
    ]
}
