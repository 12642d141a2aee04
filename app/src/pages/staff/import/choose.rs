//! Which file.

use leptos::prelude::*;

use super::IMPORT;
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        empty::Empty,
        field::FieldProblem,
        form::{FieldGroup, FormProblem},
        layout::{Layout, NavItem, PageHead},
        toast::Toast,
    },
    pages::shell::Shell,
};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct ChooseData {
    /// how many events were just taken from a file
    pub taken: Option<usize>,
    /// why there is nothing to look at
    pub problem: Option<ChooseProblem>,
    /// whether there is a venue: without one no event has a place
    pub has_venue: bool,
}

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChooseProblem {
    /// none was chosen
    NoFile,
    /// larger than allowed
    TooLarge,
    /// it broke off on the way
    Unreadable,
    /// it is not kept any more
    Forgotten,
}

/// The page.
#[component]
pub fn ChooseFile(
    /// what it shows
    data: ChooseData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let title = td_string!(locale, import_form.title);
    let ChooseData { taken, problem, has_venue } = data;
    let done = taken.map(|events| match events {
        0 => td_string!(locale, import_form.done_none).to_owned(),
        1 => td_string!(locale, import_form.done_one).to_owned(),
        events => td_string!(locale, import_form.done, events = events),
    });
    let says = problem.map(|problem| match problem {
        ChooseProblem::NoFile => td_string!(locale, import_form.problem_no_file).to_owned(),
        ChooseProblem::TooLarge => td_string!(locale, import_form.problem_too_large).to_owned(),
        ChooseProblem::Unreadable => td_string!(locale, import_form.problem_broken).to_owned(),
        ChooseProblem::Forgotten => td_string!(locale, import_form.problem_forgotten).to_owned(),
    });
    let is_wrong = says.is_some();
    let heading = says.as_ref().map(|_| td_string!(locale, import_form.problem).to_owned());
    let form = view! {
        <form class="settings" method="post" action=IMPORT enctype="multipart/form-data">
            <FormProblem says=heading />
            <FieldGroup
                legend=td_string!(locale, import_form.file_group)
                says=td_string!(locale, import_form.file_says)
            >
                <div class="field" data-field="file">
                    <label for="file">{td_string!(locale, import_form.file)}</label>
                    <input
                        id="file"
                        name="file"
                        r#type="file"
                        required
                        accept=".csv,.tsv,.txt,.xlsx,.ods,.ics,text/csv,text/calendar"
                        aria-describedby=if is_wrong { "file-problem file-help" } else { "file-help" }
                        aria-invalid=is_wrong.then_some("true")
                    />
                    <FieldProblem id="file" says=says />
                    <small id="file-help">{td_string!(locale, import_form.file_hint)}</small>
                </div>
            </FieldGroup>
            <Actions>
                <SubmitButton text=td_string!(locale, import_form.look) primary=true />
                <ButtonLink href="/staff/events" text=td_string!(locale, import_form.to_programme) />
            </Actions>
        </form>
    };
    let body = if has_venue {
        form.into_any()
    } else {
        let (none, says) = (td_string!(locale, import_form.no_venue), td_string!(locale, import_form.no_venue_says));
        view! { <Empty title=none says=says /> }.into_any()
    };
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=td_string!(locale, import_form.lead).into_any() />
            <Toast says=done />
            {body}
        </Layout>
    }
}
