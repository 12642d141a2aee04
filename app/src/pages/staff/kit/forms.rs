//! Forms: fields, what is wrong with them, and the sheet before the log-in.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        auth_layout::AuthLayout,
        field::{Field, FieldRow, SelectRow},
        form::{FieldGroup, FormProblem, Tick, TickRow},
    },
    pages::shell::Shell,
};

/// The layout of pages that nobody has to log in for.
pub(super) fn sheet(shell: Shell) -> impl IntoView {
    let locale = shell.locale();
    let field = |id, label| Field { id, label, ..Field::default() };
    view! {
        <AuthLayout shell=shell title="auth_layout" wide=true>
            <form method="get" action="/staff/kit">
                <FormProblem says=Some(td_string!(locale, staff.setup_problem).to_owned()) />
                <div class="pair">
                    <FieldRow field=field("organisation", td_string!(locale, staff.organisation)) />
                    <FieldRow field=field("venue", td_string!(locale, staff.venue)) />
                </div>
                <SubmitButton text=td_string!(locale, staff.begin) primary=true />
            </form>
        </AuthLayout>
    }
}

/// Where it is.
pub(super) fn to_sheet() -> impl IntoView {
    view! {
        <Actions>
            <ButtonLink href="/staff/kit?layout=auth" text="AuthLayout" />
        </Actions>
    }
}

pub(super) fn form(locale: Lang) -> impl IntoView {
    let pin = Field {
        id: "pin",
        label: td_string!(locale, settings.pin),
        value: "12".to_owned(),
        hint: Some(td_string!(locale, settings.pin_hint)),
        problem: Some(td_string!(locale, settings.problem_pin).to_owned()),
        ..Field::default()
    };
    let venue = Field {
        id: "venue",
        label: td_string!(locale, staff.venue),
        hint: Some(td_string!(locale, staff.venue_hint)),
        ..Field::default()
    };
    let tick = |kind, name, value: &'static str, label| {
        let value = value.into();
        Tick { kind, name, value, checked: true, label, hint: None }
    };
    let hint = Some(("tick-help", td_string!(locale, settings.contradiction_hint)));
    let contradiction = Tick { hint, ..tick("checkbox", "doubt", "true", td_string!(locale, settings.contradiction)) };
    let always = tick("radio", "opening", "always", td_string!(locale, settings.opening_always));
    let hours =
        Tick { checked: false, ..tick("radio", "opening", "hours", td_string!(locale, settings.opening_hours)) };
    view! {
        <form class="settings" method="get" action="/staff/kit">
            <FormProblem says=Some(td_string!(locale, settings.problem).to_owned()) />
            <FieldGroup legend=td_string!(locale, settings.corner) says=td_string!(locale, settings.corner_says)>
                <div class="pair">
                    <FieldRow field=pin />
                    <FieldRow field=venue />
                </div>
                <SelectRow id="place" label=td_string!(locale, pairing.place) hint=Some(td_string!(locale, pairing.name_hint))>
                    <option>"Teltta"</option>
                    <option>"Sali"</option>
                </SelectRow>
                <TickRow tick=contradiction />
                <TickRow tick=always />
                <TickRow tick=hours />
            </FieldGroup>
            <Actions>
                <SubmitButton text=td_string!(locale, settings.save) primary=true />
            </Actions>
        </form>
    }
}
