//! How many were there: one field right after the show, beside how that is known.

use leptos::prelude::*;

use super::subject::data::{AttendanceForm, event_address};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::{Field, FieldRow, SelectRow},
        section::Section,
    },
};
use domain::{attendance::AttendanceKind, id::EventId};

/// Where it is sent.
#[must_use]
pub fn attendance_address(event: EventId) -> String {
    format!("{}/attendance", event_address(event))
}

/// The ways in which an attendance is known, as options.
pub(super) fn kinds(locale: Lang, chosen: &str) -> AnyView {
    let kinds = [None].into_iter().chain(AttendanceKind::ALL.map(Some));
    let options = kinds.map(|kind| {
        let value = kind.map_or("", AttendanceKind::as_str);
        view! { <option value=value selected=chosen == value>{name(locale, kind)}</option> }
    });
    options.collect_view().into_any()
}

fn name(locale: Lang, kind: Option<AttendanceKind>) -> &'static str {
    match kind {
        None => td_string!(locale, event_form.kind_unknown),
        Some(AttendanceKind::Sold) => td_string!(locale, event_form.kind_sold),
        Some(AttendanceKind::Counted) => td_string!(locale, event_form.kind_counted),
        Some(AttendanceKind::Estimated) => td_string!(locale, event_form.kind_estimated),
    }
}

/// The field, under a heading of its own.
#[component]
pub(super) fn AttendanceSection(
    /// of which event
    event: EventId,
    /// what stands in it
    form: AttendanceForm,
    /// for whom
    locale: Lang,
) -> impl IntoView {
    let AttendanceForm { attendance, kind, is_wrong } = form;
    let field = Field {
        id: "attendance",
        label: td_string!(locale, event_form.attendance),
        value: attendance,
        mode: "numeric",
        problem: is_wrong.then(|| td_string!(locale, event_form.problem_attendance).to_owned()),
        optional: true,
        ..Field::default()
    };
    let options = kinds(locale, &kind);
    view! {
        <Section id="audience" title=td_string!(locale, event_form.audience)>
            <form class="settings" method="post" action=attendance_address(event)>
                <div class="pair">
                    <FieldRow field=field />
                    <SelectRow id="attendance_kind" label=td_string!(locale, event_form.kind)>
                        {options}
                    </SelectRow>
                </div>
                <Actions>
                    <SubmitButton text=td_string!(locale, event_form.save) />
                </Actions>
            </form>
        </Section>
    }
}
