//! The same event on other days: weekly until a day, or on days that are named.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        field::{Field, FieldProblem, FieldRow},
        form::{FieldGroup, FormProblem, Tick, TickRow},
        layout::{Layout, NavItem, PageHead},
    },
    pages::{shell::Shell, staff::subject::data::event_address},
};
use domain::{id::EventId, lang::Text};

/// Where it is written.
#[must_use]
pub fn repeat_address(event: EventId) -> String {
    format!("{}/repeat", event_address(event))
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct RepeatData {
    /// which event
    pub event: EventId,
    /// what it is called
    pub title: Text,
    /// when it is, in words
    pub when: String,
    /// what stands in the fields
    pub form: RepeatForm,
    /// what is wrong with them
    pub error: Option<RepeatError>,
}

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepeatForm {
    /// the days of the week, Monday being 0
    pub weekdays: [bool; 7],
    /// the last day, `2026-12-31`
    pub until: String,
    /// days one by one, as typed
    pub days: String,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepeatError {
    /// no day is chosen
    NoDays,
    /// the last day is none, or before the event
    Until,
    /// what was typed is no day
    NoDay(String),
    /// more than this at once
    TooMany(usize),
    /// the clock is put forward over one of its times on that day
    Skipped(String),
}

/// The page.
#[component]
pub fn RepeatEvent(
    /// what it shows
    data: RepeatData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let RepeatData { event, title, when, form, error } = data;
    let words = shell.reader.words(&title).text.to_owned();
    let heading = td_string!(locale, event_form.repeat_title);
    let problem = error.as_ref().map(|_| td_string!(locale, event_form.problem).to_owned());
    let until_wrong = matches!(error, Some(RepeatError::Until | RepeatError::TooMany(_)));
    let says = error.as_ref().map(|error| message(locale, error));
    let until = Field {
        id: "until",
        label: td_string!(locale, event_form.repeat_until),
        kind: "date",
        value: form.until,
        problem: says.clone().filter(|_| until_wrong),
        optional: true,
        ..Field::default()
    };
    let names = [
        td_string!(locale, settings.monday),
        td_string!(locale, settings.tuesday),
        td_string!(locale, settings.wednesday),
        td_string!(locale, settings.thursday),
        td_string!(locale, settings.friday),
        td_string!(locale, settings.saturday),
        td_string!(locale, settings.sunday),
    ];
    let weekdays = names.into_iter().enumerate().map(|(day, label)| {
        let tick = Tick {
            kind: "checkbox",
            name: "weekday",
            value: day.to_string().into(),
            checked: form.weekdays[day],
            label,
            hint: None,
        };
        view! { <TickRow tick=tick /> }
    });
    let weekdays = weekdays.collect_view();
    let days_says = says.filter(|_| !until_wrong);
    let is_wrong = days_says.is_some();
    view! {
        <Layout shell=shell at=NavItem::Programme title=heading>
            <PageHead title=heading line=view! { <bdi>{words}</bdi> " · " {when} }.into_any() />
            <form class="settings" method="post" action=repeat_address(event)>
                <FormProblem says=problem />
                <FieldGroup
                    legend=td_string!(locale, event_form.repeat_weekly)
                    says=td_string!(locale, event_form.repeat_weekly_says)
                >
                    {weekdays}
                    <FieldRow field=until />
                </FieldGroup>
                <FieldGroup
                    legend=td_string!(locale, event_form.repeat_days)
                    says=td_string!(locale, event_form.repeat_days_says)
                >
                    <div class="field" data-field="days">
                        <label for="days">{td_string!(locale, event_form.repeat_days_label)}</label>
                        <textarea
                            id="days"
                            name="days"
                            rows="4"
                            aria-invalid=is_wrong.then_some("true")
                            aria-describedby=if is_wrong { "days-problem days-help" } else { "days-help" }
                        >
                            {form.days}
                        </textarea>
                        <FieldProblem id="days" says=days_says />
                        <small id="days-help">{td_string!(locale, event_form.repeat_days_hint)}</small>
                    </div>
                </FieldGroup>
                <Actions>
                    <SubmitButton text=td_string!(locale, event_form.repeat) primary=true />
                    <ButtonLink href=event_address(event) text=td_string!(locale, event_form.back) />
                </Actions>
            </form>
        </Layout>
    }
}

fn message(locale: Lang, error: &RepeatError) -> String {
    match error {
        RepeatError::NoDays => td_string!(locale, event_form.problem_no_days).to_owned(),
        RepeatError::Until => td_string!(locale, event_form.problem_until).to_owned(),
        RepeatError::NoDay(typed) => td_string!(locale, event_form.problem_day_of, day = typed.as_str()),
        RepeatError::TooMany(most) => td_string!(locale, event_form.problem_too_many, most = most),
        RepeatError::Skipped(day) => td_string!(locale, event_form.problem_skipped_on, day = day.as_str()),
    }
}
