//! When the doors are open: always, or by the week.

use std::borrow::Cow;

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        field::FieldProblem,
        form::{FieldGroup, Tick, TickRow},
    },
    server_functions::venue_settings::{
        errors::{HoursEnd, HoursError, SettingsErrors, day_id},
        form::{HoursFields, OpeningChoice, SettingsForm},
    },
};

/// The doors, and the hours of each day.
pub(super) fn opening(locale: Lang, form: &SettingsForm, errors: &SettingsErrors) -> impl IntoView + use<> {
    let chosen = form.opening;
    let choice = |value, choice, label| {
        let tick = Tick {
            kind: "radio",
            name: "form[opening]",
            value: Cow::Borrowed(value),
            checked: chosen == choice,
            label,
            hint: None,
        };
        view! { <TickRow tick=tick /> }
    };
    let always = choice("always", OpeningChoice::Always, td_string!(locale, settings.opening_always));
    let hours = choice("hours", OpeningChoice::Hours, td_string!(locale, settings.opening_hours));
    let (from, until) = (td_string!(locale, settings.from), td_string!(locale, settings.until));
    let days = (0..7).map(|day| hours_of(locale, day, &form.week[day], errors.week[day])).collect_view();
    view! {
        <FieldGroup legend=td_string!(locale, settings.opening) says=td_string!(locale, settings.opening_says)>
            {always} {hours}
            <table class="week" aria-describedby="week-help">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, settings.day)}</th>
                        <th scope="col">{from}</th>
                        <th scope="col">{until}</th>
                    </tr>
                </thead>
                <tbody>{days}</tbody>
            </table>
            <p class="quiet" id="week-help">{td_string!(locale, settings.opening_hint)}</p>
        </FieldGroup>
    }
}

fn hours_of(locale: Lang, day: usize, hours: &HoursFields, error: Option<HoursError>) -> impl IntoView + use<> {
    let id = day_id(day);
    let (from, until) = (td_string!(locale, settings.from), td_string!(locale, settings.until));
    let name = [
        td_string!(locale, settings.monday),
        td_string!(locale, settings.tuesday),
        td_string!(locale, settings.wednesday),
        td_string!(locale, settings.thursday),
        td_string!(locale, settings.friday),
        td_string!(locale, settings.saturday),
        td_string!(locale, settings.sunday),
    ][day];
    let cell = |end: HoursEnd, column: &'static str, value: &str| {
        let label = td_string!(locale, settings.field_of_day, day = name, field = column);
        let is_wrong = error.is_some_and(|error| error.end() == end);
        let field = format!("{id}_{}", end.as_str());
        view! {
            <td data-field=field.clone()>
                <input
                    r#type="time"
                    name=format!("form[week][{day}][{}]", end.as_str())
                    value=value.to_owned()
                    aria-label=label
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=is_wrong.then(|| format!("{field}-problem"))
                />
            </td>
        }
    };
    let cells = (cell(HoursEnd::From, from, &hours.from), cell(HoursEnd::Until, until, &hours.until));
    let problem = error.map(|error| {
        let id = format!("{id}_{}", error.end().as_str());
        view! { <FieldProblem id=id says=Some(error.message(locale)) /> }
    });
    view! {
        <tr>
            <th scope="row">{name} {problem}</th>
            {cells}
        </tr>
    }
}
