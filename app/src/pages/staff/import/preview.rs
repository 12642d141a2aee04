//! What a file would change.

use leptos::prelude::*;
use programme::{comparison::Status, finding::Weight};

use super::{
    IMPORT, PREVIEW,
    data::{FileNote, Group, ImportData, ImportNotice, ImportRow},
    questions::questions,
};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        facts::{FactLayout, Facts},
        layout::{Layout, NavItem, PageHead},
        notice::{Notice, NoticeKind},
        section::Section,
    },
    pages::{shell::Shell, when::When},
};

/// The page.
#[component]
pub fn ImportPreview(
    /// what it shows
    data: ImportData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (lang, locale) = (shell.lang, shell.locale());
    let title = td_string!(locale, import_form.preview_title);
    let notice = data.notice.map(|notice| match notice {
        ImportNotice::Changed => td_string!(locale, import_form.changed_meanwhile).to_owned(),
        ImportNotice::Refused => td_string!(locale, import_form.refused_meanwhile).to_owned(),
    });
    let counts = counts(locale, &data);
    let questions = questions(locale, &data).into_any();
    let take = take(locale, &data).into_any();
    let notes = (!data.notes.is_empty()).then(|| notes(locale, data.notes).into_any());
    let groups = data.groups.into_iter().filter(|group| group.status != Status::Unchanged || group.has_notes());
    let groups = groups.map(|group| rows_of(lang, group).into_any()).collect_view();
    let (missing, missing_count) = data.missing;
    let missing = (missing_count > 0).then(|| {
        let says = td_string!(locale, import_form.missing_says);
        let heading = td_string!(locale, import_form.missing);
        table(lang, "missing", heading, says, missing, missing_count)
    });
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead
                title=title
                line=view! { <bdi>{data.name}</bdi> }.into_any()
                end=Some(view! { <ButtonLink href=IMPORT text=td_string!(locale, import_form.other_file) /> }.into_any())
            />
            <Notice kind=NoticeKind::Problem says=notice />
            <Facts facts=counts layout=FactLayout::Columns />
            {take}
            {notes}
            {groups}
            {missing}
            <Section id="questions" title=td_string!(locale, import_form.questions)>{questions}</Section>
        </Layout>
    }
}

impl Group {
    fn has_notes(&self) -> bool {
        self.rows.iter().any(|row| !row.says.is_empty())
    }
}

fn counts(locale: Lang, data: &ImportData) -> Vec<(String, String)> {
    let groups = data.groups.iter().map(|group| (heading(locale, group.status).to_owned(), group.count.to_string()));
    let missing =
        (data.missing.1 > 0).then(|| (td_string!(locale, import_form.missing).to_owned(), data.missing.1.to_string()));
    groups.chain(missing).collect()
}

fn take(locale: Lang, data: &ImportData) -> impl IntoView + use<> {
    if data.is_refused {
        let says = Some(td_string!(locale, import_form.refused_says).to_owned());
        return view! { <Notice kind=NoticeKind::Standing says=says /> }.into_any();
    }
    if data.changes == 0 {
        return view! { <p class="says">{td_string!(locale, import_form.nothing_says)}</p> }.into_any();
    }
    let pairs = data.choices.pairs().into_iter().chain([("seen".to_owned(), data.fingerprint.clone())]);
    let hidden = pairs.map(|(name, value)| view! { <input r#type="hidden" name=name value=value /> }).collect_view();
    let says = if data.changes == 1 {
        td_string!(locale, import_form.take_says_one).to_owned()
    } else {
        td_string!(locale, import_form.take_says, events = data.changes)
    };
    view! {
        <form method="post" action=PREVIEW class="slip">
            {hidden} <p class="says">{says}</p>
            <Actions>
                <SubmitButton text=td_string!(locale, import_form.take) primary=true />
                <ButtonLink href="/staff/events" text=td_string!(locale, import_form.leave) />
            </Actions>
        </form>
    }
    .into_any()
}

fn notes(locale: Lang, notes: Vec<FileNote>) -> impl IntoView + use<> {
    let rows = notes.into_iter().map(|note| {
        let is_refused = note.weight == Weight::Error;
        let place = place(locale, note.place.0, note.place.1);
        view! {
            <li class=if is_refused { "is-urgent" } else { "is-note" }>
                {place.map(|place| format!("{place}: "))} <bdi>{note.says}</bdi>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Section id="file" title=td_string!(locale, import_form.about_file)>
            <ul class="status-messages">{rows}</ul>
        </Section>
    }
}

fn rows_of(lang: Lang, group: Group) -> impl IntoView + use<> {
    let says = match group.status {
        Status::New => td_string!(lang, import_form.new_says),
        Status::Changed => td_string!(lang, import_form.changed_says),
        Status::Moved => td_string!(lang, import_form.moved_says),
        Status::Cancelled => td_string!(lang, import_form.cancelled_says),
        Status::Unchanged => td_string!(lang, import_form.unchanged_says),
        Status::Unclear => td_string!(lang, import_form.unclear_says),
        Status::Refused => td_string!(lang, import_form.refused_rows_says),
    };
    table(lang, group.status.as_str(), heading(lang, group.status), says, group.rows, group.count)
}

fn heading(locale: Lang, status: Status) -> &'static str {
    match status {
        Status::New => td_string!(locale, import_form.new),
        Status::Changed => td_string!(locale, import_form.changed),
        Status::Moved => td_string!(locale, import_form.moved),
        Status::Cancelled => td_string!(locale, import_form.cancelled),
        Status::Unchanged => td_string!(locale, import_form.unchanged),
        Status::Unclear => td_string!(locale, import_form.unclear),
        Status::Refused => td_string!(locale, import_form.refused),
    }
}

fn table(
    lang: Lang,
    id: &'static str,
    heading: &'static str,
    says: &'static str,
    rows: Vec<ImportRow>,
    count: usize,
) -> AnyView {
    let more = count.saturating_sub(rows.len());
    let more = (more > 0).then(|| view! { <p class="quiet">{td_string!(lang, import_form.more, events = more)}</p> });
    let rows = rows.into_iter().map(|row| line(lang, row).into_any()).collect_view();
    view! {
        <Section id=id title=heading>
            <p class="says">{says}</p>
            <div class="table-scroll" role="region" aria-label=heading tabindex="0">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(lang, import_form.event)}</th>
                            <th scope="col">{td_string!(lang, import_form.when)}</th>
                            <th scope="col">{td_string!(lang, import_form.venue_head)}</th>
                            <th scope="col">{td_string!(lang, import_form.place_head)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {more}
        </Section>
    }
    .into_any()
}

fn line(lang: Lang, row: ImportRow) -> impl IntoView {
    let when = When::new(lang, &row.time_zone);
    let (starts, ends) = row.times;
    let times = starts.map(|starts| {
        let from = format!("{} {}", when.weekday(starts), when.date_and_year(starts));
        let until = ends.map(|ends| format!("–{}", when.time(ends))).unwrap_or_default();
        format!("{from} {}{until}", when.time(starts))
    });
    let before = row.before.map(|(at, venue)| {
        let at = format!("{} {}", when.date_and_year(at), when.time(at));
        view! { <p class="quiet">{td_string!(lang, import_form.before, when = at, venue = venue)}</p> }
    });
    let says = row.says.into_iter().map(|one| {
        let place = one.column.map(|column| td_string!(lang, import_form.column_number, number = column));
        view! { <p class="quiet">{place.map(|place| format!("{place}: "))} <bdi>{one.says}</bdi></p> }
    });
    let says = says.collect_view();
    let line = place(lang, row.line, None).unwrap_or_else(|| "–".to_owned());
    let title = if row.title.is_empty() { "–".to_owned() } else { row.title };
    view! {
        <tr>
            <th scope="row">
                <bdi>{title}</bdi>
                {says}
            </th>
            <td>{times.unwrap_or_else(|| "–".to_owned())} {before}</td>
            <td>
                <bdi>{row.venue}</bdi>
            </td>
            <td>{line}</td>
        </tr>
    }
}

fn place(locale: Lang, line: Option<u32>, column: Option<u32>) -> Option<String> {
    match (line, column) {
        (Some(line), Some(column)) => {
            Some(td_string!(locale, import_form.line_and_column, line = line, column = column))
        }
        (Some(line), None) => Some(td_string!(locale, import_form.line, line = line)),
        _ => None,
    }
}
