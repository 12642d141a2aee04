//! The fields that say what somebody may do and see.

use leptos::prelude::*;

use super::data::{Choice, ROLES, RightsForm, role_name};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        field::{FieldProblem, SelectRow},
        form::{FieldGroup, Tick, TickRow},
    },
};

/// Role, and what is seen.
pub(super) fn rights(form: RightsForm, locale: Lang) -> impl IntoView {
    let RightsForm { role, is_limited, venues, nothing_ticked } = form;
    let roles = ROLES.map(|word| view! { <option value=word selected=word == role>{role_name(locale, word)}</option> });
    let roles = roles.collect_view();
    let problem = nothing_ticked.then(|| td_string!(locale, people.problem_sees).to_owned());
    let which = |value: &'static str, label: &'static str, checked: bool| Tick {
        kind: "radio",
        name: "sees",
        value: value.into(),
        checked,
        label,
        ..Tick::default()
    };
    let ticks = venues.into_iter().map(|choice| tick("venue", choice)).collect_view();
    view! {
        <SelectRow id="role" label=td_string!(locale, people.role) hint=Some(td_string!(locale, people.role_hint))>
            {roles}
        </SelectRow>
        <FieldGroup legend=td_string!(locale, people.sees) says=td_string!(locale, people.sees_says)>
            <FieldProblem id="sees" says=problem />
            <TickRow tick=which("all", td_string!(locale, people.sees_all), !is_limited) />
            <TickRow tick=which("some", td_string!(locale, people.sees_some), is_limited) />
            {ticks}
        </FieldGroup>
    }
}

fn tick(name: &'static str, choice: Choice) -> impl IntoView {
    let Choice { value, name: says, ticked } = choice;
    let tick = Tick { kind: "checkbox", name, value: value.into(), checked: ticked, ..Tick::default() };
    view! {
        <TickRow tick=tick>
            <bdi>{says}</bdi>
        </TickRow>
    }
}
