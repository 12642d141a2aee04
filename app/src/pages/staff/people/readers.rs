//! Who reads summaries by e-mail and has no account, and somebody new.

use leptos::prelude::*;

use super::data::{Choice, PEOPLE};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        address::Address,
        empty::Empty,
        field::{Field, FieldProblem, FieldRow, SelectRow},
        form::{FieldGroup, FormProblem, Tick, TickRow},
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        section::Section,
        table::{Column, Table},
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::id::MailReaderId;

/// The address of the page.
pub const READERS: &str = "/staff/people/readers";

/// What may be wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderProblem {
    /// it is none, or several
    NoAddress,
    /// they read already, or have an account
    Taken,
    /// they have said that they want no more
    Stopped,
}

/// Somebody as the page shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderRow {
    /// who
    pub id: MailReaderId,
    /// their address
    pub email: String,
    /// their language, as it calls itself
    pub lang: &'static str,
    /// names of what they are told of; `None`: everything
    pub sees: Option<String>,
    /// since when, in words
    pub added: String,
    /// since when they want no more, in words
    pub stopped: Option<String>,
}

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct ReaderForm {
    /// the address
    pub email: String,
    /// what is wrong with it
    pub email_problem: Option<ReaderProblem>,
    /// the tag of their language
    pub lang: Lang,
    /// whether only what is ticked
    pub is_limited: bool,
    /// the venues
    pub venues: Vec<Choice>,
    /// whether nothing is ticked where something must be
    pub nothing_ticked: bool,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct ReadersData {
    /// everybody, by address
    pub readers: Vec<ReaderRow>,
    /// the form
    pub form: ReaderForm,
    /// whether this server can send e-mails
    pub can_email: bool,
    /// what was done: `added` or `removed`
    pub done: Option<String>,
}

/// The page.
#[component]
pub fn Readers(
    /// what it shows
    data: ReadersData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let ReadersData { readers, form, can_email, done } = data;
    let title = td_string!(locale, readers.title);
    let done = done.as_deref().and_then(|word| match word {
        "added" if can_email => Some(td_string!(locale, readers.added_mailed).to_owned()),
        "added" => Some(td_string!(locale, readers.added).to_owned()),
        "removed" => Some(td_string!(locale, readers.removed).to_owned()),
        _ => None,
    });
    let no_mail = (!can_email).then(|| td_string!(locale, readers.no_mail).to_owned());
    let list = if readers.is_empty() {
        let way = ("#email".to_owned(), td_string!(locale, readers.add).to_owned());
        let says = td_string!(locale, readers.nobody_says).to_owned();
        view! { <Empty title=td_string!(locale, readers.nobody) says=says way=way /> }.into_any()
    } else {
        list(readers, locale).into_any()
    };
    view! {
        <Layout shell=shell at=NavItem::People title=title>
            <PageHead title=title line=td_string!(locale, readers.line).into_any() />
            <Toast says=done />
            <Notice kind=NoticeKind::Standing says=no_mail />
            {list}
            {add(form, locale)}
            <Actions>
                <ButtonLink href=PEOPLE text=td_string!(locale, people.back) />
            </Actions>
        </Layout>
    }
}

fn list(readers: Vec<ReaderRow>, locale: Lang) -> impl IntoView {
    let columns = [
        td_string!(locale, people.email),
        td_string!(locale, readers.lang),
        td_string!(locale, readers.about),
        td_string!(locale, readers.state),
        td_string!(locale, readers.remove),
    ];
    let columns = columns.map(|head| Column { key: None, head: head.to_owned(), largest_first: false }).to_vec();
    let rows = readers.into_iter().map(|reader| row(reader, locale)).collect();
    view! { <Table locale=locale caption=td_string!(locale, readers.title) columns=columns rows=rows here=Address::new(READERS, []) /> }
}

fn row(reader: ReaderRow, locale: Lang) -> Vec<AnyView> {
    let ReaderRow { id, email, lang, sees, added, stopped } = reader;
    let state = match stopped {
        Some(since) => td_string!(locale, readers.state_stopped, since = since),
        None => td_string!(locale, readers.state_reads, since = added),
    };
    let sees = sees.unwrap_or_else(|| td_string!(locale, people.sees_all).to_owned());
    let remove = td_string!(locale, readers.remove);
    let label = td_string!(locale, readers.remove_whom, email = email.as_str());
    vec![
        view! { <bdi>{email}</bdi> }.into_any(),
        lang.into_any(),
        sees.into_any(),
        state.into_any(),
        view! {
            <form method="post" action=format!("{READERS}/{id}/remove")>
                <button class="button" aria-label=label>
                    {remove}
                </button>
            </form>
        }
        .into_any(),
    ]
}

fn add(form: ReaderForm, locale: Lang) -> impl IntoView {
    let ReaderForm { email, email_problem, lang, is_limited, venues, nothing_ticked } = form;
    let is_wrong = email_problem.is_some() || nothing_ticked;
    let problem = is_wrong.then(|| td_string!(locale, readers.problem).to_owned());
    let email = Field {
        id: "email",
        label: td_string!(locale, people.email),
        kind: "email",
        value: email,
        problem: email_problem.map(|problem| match problem {
            ReaderProblem::NoAddress => td_string!(locale, readers.problem_email).to_owned(),
            ReaderProblem::Taken => td_string!(locale, readers.problem_taken).to_owned(),
            ReaderProblem::Stopped => td_string!(locale, readers.problem_stopped).to_owned(),
        }),
        exact: true,
        ..Field::default()
    };
    let options = Lang::ALL
        .map(|one| view! { <option value=one.tag() selected=one == lang>{one.own_name()}</option> })
        .collect_view();
    let which = |value: &'static str, label: &'static str, checked: bool| Tick {
        kind: "radio",
        name: "sees",
        value: value.into(),
        checked,
        label,
        ..Tick::default()
    };
    let ticks = venues.into_iter().map(tick).collect_view();
    let nothing = nothing_ticked.then(|| td_string!(locale, people.problem_sees).to_owned());
    view! {
        <Section id="add" title=td_string!(locale, readers.add)>
            <p class="says">{td_string!(locale, readers.add_says)}</p>
            <form class="settings" method="post" action=READERS>
                <FormProblem says=problem />
                <FieldRow field=email />
                <SelectRow id="lang" label=td_string!(locale, readers.lang)>
                    {options}
                </SelectRow>
                <FieldGroup legend=td_string!(locale, readers.about) says=td_string!(locale, readers.about_says)>
                    <FieldProblem id="sees" says=nothing />
                    <TickRow tick=which("all", td_string!(locale, people.sees_all), !is_limited) />
                    <TickRow tick=which("some", td_string!(locale, people.sees_some), is_limited) />
                    {ticks}
                </FieldGroup>
                <Actions>
                    <SubmitButton text=td_string!(locale, readers.do_add) primary=true />
                </Actions>
            </form>
        </Section>
    }
}

fn tick(choice: Choice) -> impl IntoView {
    let Choice { value, name: says, ticked } = choice;
    let tick = Tick { kind: "checkbox", name: "venue", value: value.into(), checked: ticked, ..Tick::default() };
    view! {
        <TickRow tick=tick>
            <bdi>{says}</bdi>
        </TickRow>
    }
}
