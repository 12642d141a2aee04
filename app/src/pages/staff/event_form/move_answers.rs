//! Answers that came to the wrong event: how many were given in a span, and where they go.

use leptos::prelude::*;

use super::addresses::move_address;
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        field::{Field, FieldRow, SelectRow},
        form::{FieldGroup, FormProblem},
        layout::{Layout, NavItem, PageHead},
        toast::Toast,
    },
    pages::{shell::Shell, staff::subject::data::event_address},
};
use domain::{id::EventId, lang::Text};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct MoveData {
    /// which event the answers are about now
    pub event: EventId,
    /// what it is called
    pub title: Text,
    /// when it is, in words
    pub when: String,
    /// the events they could be about, each with its words
    pub others: Vec<(EventId, String)>,
    /// what stands in the fields
    pub form: MoveForm,
    /// what is wrong with them
    pub error: Option<MoveError>,
    /// what would be moved
    pub preview: Option<MovePreview>,
    /// so many have just been moved
    pub moved: Option<usize>,
}

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveForm {
    /// the id of an event
    pub to: String,
    /// `2026-11-21T19:00`, by the clock of the venue
    pub from: String,
    /// the same; answers of that minute too
    pub until: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveError {
    /// no event is chosen
    To,
    /// the first time is none
    From,
    /// the last time is none, or before the first
    Until,
}

/// What would be moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovePreview {
    /// so many answers
    pub answers: usize,
    /// given from this time on, in words
    pub from: String,
    /// and until this one
    pub until: String,
    /// to this event, in words
    pub to: String,
}

/// The page.
#[component]
pub fn MoveAnswers(
    /// what it shows
    data: MoveData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let MoveData { event, title, when, others, form, error, preview, moved } = data;
    let words = shell.reader.words(&title).text.to_owned();
    let heading = td_string!(locale, move_answers.title);
    let done = moved.map(|answers| td_string!(locale, move_answers.done, answers = answers));
    let problem = error.map(|_| td_string!(locale, event_form.problem).to_owned());
    let is_empty = others.is_empty();
    let asked = preview.map(|preview| ask(locale, event, &form, preview).into_any());
    let fields = fields(locale, event, others, form, error, problem).into_any();
    let inside = if is_empty {
        view! {
            <p class="says">{td_string!(locale, move_answers.no_others)}</p>
            <Actions>
                <ButtonLink href=event_address(event) text=td_string!(locale, event_form.back) />
            </Actions>
        }
        .into_any()
    } else {
        view! {
            {asked}
            {fields}
        }
        .into_any()
    };
    view! {
        <Layout shell=shell at=NavItem::Programme title=heading>
            <PageHead title=heading line=view! { <bdi>{words}</bdi> " · " {when} }.into_any() />
            <Toast says=done />
            {inside}
        </Layout>
    }
}

/// What would happen, and the button that does it.
fn ask(locale: Lang, event: EventId, form: &MoveForm, preview: MovePreview) -> impl IntoView + use<> {
    let MovePreview { answers, from, until, to } = preview;
    if answers == 0 {
        return view! { <p class="says" role="status">{td_string!(locale, move_answers.none, from = from, until = until)}</p> }
            .into_any();
    }
    let says = td_string!(locale, move_answers.preview, answers = answers, from = from, until = until, to = to);
    let hidden = [("to", form.to.clone()), ("from", form.from.clone()), ("until", form.until.clone())];
    let hidden = hidden.map(|(name, value)| view! { <input r#type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form method="post" action=move_address(event) class="slip">
            <p class="says" role="status">
                {says}
            </p>
            <p class="quiet">{td_string!(locale, move_answers.trace)}</p>
            {hidden}
            <Actions>
                <SubmitButton text=td_string!(locale, move_answers.do_it) primary=true />
                <ButtonLink href=event_address(event) text=td_string!(locale, event_form.back) />
            </Actions>
        </form>
    }
    .into_any()
}

/// The form that asks how many it would be: it changes nothing.
fn fields(
    locale: Lang,
    event: EventId,
    others: Vec<(EventId, String)>,
    form: MoveForm,
    error: Option<MoveError>,
    problem: Option<String>,
) -> impl IntoView {
    let says = move |wanted, words: &'static str| (error == Some(wanted)).then(|| words.to_owned());
    let options = others
        .into_iter()
        .map(|(id, words)| {
            let value = id.to_string();
            view! { <option value=value.clone() selected=value == form.to>{words}</option> }
        })
        .collect_view();
    let time =
        |id, label, value, problem| Field { id, label, value, problem, kind: "datetime-local", ..Field::default() };
    let from = time(
        "from",
        td_string!(locale, move_answers.from),
        form.from,
        says(MoveError::From, td_string!(locale, move_answers.no_time)),
    );
    let until = time(
        "until",
        td_string!(locale, move_answers.until),
        form.until,
        says(MoveError::Until, td_string!(locale, move_answers.no_until)),
    );
    view! {
        <form class="settings" method="get" action=move_address(event)>
            <FormProblem says=problem />
            <FieldGroup legend=td_string!(locale, move_answers.which) says=td_string!(locale, move_answers.which_says)>
                <div class="pair">
                    <FieldRow field=from />
                    <FieldRow field=until />
                </div>
                <SelectRow
                    id="to"
                    label=td_string!(locale, move_answers.to)
                    problem=says(MoveError::To, td_string!(locale, event_form.problem_chosen))
                >
                    {options}
                </SelectRow>
            </FieldGroup>
            <Actions>
                <SubmitButton text=td_string!(locale, move_answers.look) />
                <ButtonLink href=event_address(event) text=td_string!(locale, event_form.back) />
            </Actions>
        </form>
    }
}
