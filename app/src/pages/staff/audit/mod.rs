//! The audit log: who changed or exported what.

mod words;

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        address::Address,
        empty::Empty,
        field::{Field, FieldRow},
        filter_bar::{Filter, FilterBar},
        layout::{Layout, NavItem, PageHead},
        section::Section,
        table::{Column, Paging, Table},
        toast::Toast,
    },
    pages::shell::Shell,
};

pub use self::words::{actor_name, kind_name, verb_name};

/// The address of the page.
pub const LOG: &str = "/staff/people/log";

/// Something that was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogRow {
    /// when, in words
    pub when: String,
    /// who: an address, a name, or the word for what has none
    pub who: String,
    /// the word for what was done
    pub verb: String,
    /// the word for what it was done to
    pub kind: String,
    /// what that was called
    pub name: String,
    /// names of fields, what stood in each before and after; empty: nothing did
    pub changes: Vec<(String, String, String)>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct LogData {
    /// the newest first
    pub rows: Vec<LogRow>,
    /// where this view is
    pub here: Address,
    /// which page of it
    pub paging: Paging,
    /// everybody who stands in it
    pub actors: Vec<String>,
    /// the words for what can be done
    pub verbs: Vec<&'static str>,
    /// and to what
    pub kinds: Vec<&'static str>,
    /// for how many months it is kept, as typed
    pub months: String,
    /// whether that is none
    pub is_wrong: bool,
    /// whether it has just been saved
    pub saved: bool,
}

/// The page.
#[component]
pub fn LogPage(
    /// what it shows
    data: LogData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, audit.title);
    let filters = filters(&data, locale);
    let LogData { rows, here, paging, months, is_wrong, saved, .. } = data;
    let saved = saved.then(|| td_string!(locale, audit.saved).to_owned());
    let export = Address::new(format!("{LOG}.csv"), [])
        .with(&["who", "verb", "kind", "from", "until"].map(|name| (name, here.chosen(name))));
    let months = Field {
        id: "months",
        label: td_string!(locale, audit.months),
        value: months,
        mode: "numeric",
        hint: Some(td_string!(locale, audit.keep_says)),
        problem: is_wrong.then(|| td_string!(locale, audit.problem_months).to_owned()),
        ..Field::default()
    };
    let list = if rows.is_empty() {
        let (title, says) = (td_string!(locale, audit.empty), td_string!(locale, audit.empty_says));
        view! { <Empty title=title says=says /> }.into_any()
    } else {
        table(rows, here.clone(), paging, locale).into_any()
    };
    view! {
        <Layout shell=shell at=NavItem::People title=title>
            <PageHead title=title line=td_string!(locale, audit.line).into_any() />
            <Toast says=saved />
            <FilterBar locale=locale here=here filters=filters />
            {list}
            <Actions>
                <ButtonLink href=export text=td_string!(locale, audit.export) />
            </Actions>
            <Section id="keep" title=td_string!(locale, audit.keep)>
                <form class="slip" method="post" action=LOG>
                    <FieldRow field=months />
                    <Actions>
                        <SubmitButton text=td_string!(locale, audit.save) />
                    </Actions>
                </form>
            </Section>
        </Layout>
    }
}

fn filters(data: &LogData, locale: Lang) -> Vec<Filter> {
    let any = |says: &str| (String::new(), says.to_owned());
    let named = |words: &[&str], name: fn(Lang, &str) -> String| {
        words.iter().map(|word| ((*word).to_owned(), name(locale, word))).collect::<Vec<_>>()
    };
    let actors: Vec<&str> = data.actors.iter().map(String::as_str).collect();
    let with = |first: (String, String), rest: Vec<(String, String)>| [first].into_iter().chain(rest).collect();
    vec![
        Filter {
            name: "who",
            label: td_string!(locale, audit.who),
            options: with(any(td_string!(locale, audit.anybody)), named(&actors, actor_name)),
        },
        Filter {
            name: "verb",
            label: td_string!(locale, audit.what),
            options: with(any(td_string!(locale, audit.anything)), named(&data.verbs, verb_name)),
        },
        Filter {
            name: "kind",
            label: td_string!(locale, audit.subject),
            options: with(any(td_string!(locale, audit.anything)), named(&data.kinds, kind_name)),
        },
        Filter { name: "from", label: td_string!(locale, audit.from), options: Vec::new() },
        Filter { name: "until", label: td_string!(locale, audit.until), options: Vec::new() },
    ]
}

fn table(rows: Vec<LogRow>, here: Address, paging: Paging, locale: Lang) -> impl IntoView {
    let columns = [
        td_string!(locale, audit.when),
        td_string!(locale, audit.who),
        td_string!(locale, audit.what),
        td_string!(locale, audit.difference),
    ];
    let columns = columns.map(|head| Column { key: None, head: head.to_owned(), largest_first: false }).to_vec();
    let rows = rows.into_iter().map(|one| row(one, locale)).collect();
    let caption = td_string!(locale, audit.title);
    view! { <Table locale=locale caption=caption columns=columns rows=rows here=here paging=Some(paging) /> }
}

fn row(row: LogRow, locale: Lang) -> Vec<AnyView> {
    let LogRow { when, who, verb, kind, name, changes } = row;
    let what = format!("{}: {}", verb_name(locale, &verb), kind_name(locale, &kind));
    let name = (!name.is_empty()).then(|| view! { " " <bdi>{name}</bdi> });
    let changes = changes
        .into_iter()
        .map(|(field, before, after)| {
            let arrow = if before.is_empty() || after.is_empty() { "" } else { " → " };
            view! { <li><code>{field}</code>": " <bdi>{before}</bdi>{arrow}<bdi>{after}</bdi></li> }
        })
        .collect_view();
    vec![
        when.into_any(),
        actor_name(locale, &who).into_any(),
        view! { {what} {name} }.into_any(),
        view! { <ul class="quiet">{changes}</ul> }.into_any(),
    ]
}
