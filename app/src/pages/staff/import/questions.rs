//! What a person says about the file: what its columns hold, and what it leaves open. It is read, not posted: the preview
//! is made anew from the address.

use leptos::prelude::*;
use programme::{Column, field::Field};

use super::{
    PREVIEW,
    data::{ImportChoices, ImportData, column_name, held},
};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::{Field as FieldData, FieldRow, SelectRow},
        form::{FieldGroup, Tick, TickRow},
    },
};

/// The form.
pub(super) fn questions(locale: Lang, data: &ImportData) -> impl IntoView + use<> {
    let columns = (!data.columns.is_empty()).then(|| columns(locale, &data.columns).into_any());
    let open = open(locale, &data.choices, data).into_any();
    view! {
        <form class="settings" method="get" action=PREVIEW>
            {columns} {open}
            <Actions>
                <SubmitButton text=td_string!(locale, import_form.look_again) />
            </Actions>
        </form>
    }
}

fn columns(locale: Lang, columns: &[Column]) -> impl IntoView + use<> {
    let rows = columns.iter().enumerate().map(|(place, column)| {
        let id = format!("column-{place}");
        let held = held(column);
        let name = if column.head.is_empty() {
            td_string!(locale, import_form.column_number, number = place + 1)
        } else {
            column.head.clone()
        };
        let options = Field::ALL.map(|field| {
            view! { <option value=field.as_str() selected=field == held>{field_name(locale, field)}</option> }
        });
        view! {
            <tr>
                <th scope="row">
                    <label for=id.clone()>
                        <bdi>{name}</bdi>
                    </label>
                </th>
                <td>
                    <bdi>{column.example.clone()}</bdi>
                </td>
                <td>
                    <select id=id name=column_name(&column.name)>
                        {options.collect_view()}
                    </select>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <FieldGroup legend=td_string!(locale, import_form.columns) says=td_string!(locale, import_form.columns_says)>
            <div class="table-scroll" role="region" aria-label=td_string!(locale, import_form.columns) tabindex="0">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{td_string!(locale, import_form.column)}</th>
                            <th scope="col">{td_string!(locale, import_form.example)}</th>
                            <th scope="col">{td_string!(locale, import_form.holds)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </FieldGroup>
    }
}

fn open(locale: Lang, choices: &ImportChoices, data: &ImportData) -> impl IntoView + use<> {
    let venues = data.venues.iter().map(|(id, name)| {
        let value = id.to_string();
        let selected = value == choices.venue;
        view! { <option value=value selected=selected>{name.clone()}</option> }
    });
    let venues = venues.collect_view();
    let no_venue = choices.venue.is_empty();
    let orders = [
        ("", td_string!(locale, import_form.dates_unknown)),
        ("day-first", td_string!(locale, import_form.dates_day_first)),
        ("month-first", td_string!(locale, import_form.dates_month_first)),
    ];
    let chosen = choices.dates.clone();
    let orders = orders.map(|(value, name)| view! { <option value=value selected=value == chosen>{name}</option> });
    let minutes = FieldData {
        id: "minutes",
        label: td_string!(locale, import_form.minutes),
        hint: Some(td_string!(locale, import_form.minutes_hint)),
        value: choices.minutes.clone(),
        mode: "numeric",
        optional: true,
        ..FieldData::default()
    };
    let takes_ids = Tick {
        kind: "checkbox",
        name: "takes_ids",
        value: "yes".into(),
        checked: choices.takes_ids,
        label: td_string!(locale, import_form.takes_ids),
        hint: Some(("takes-ids-help", td_string!(locale, import_form.takes_ids_hint))),
    };
    view! {
        <FieldGroup legend=td_string!(locale, import_form.open) says=td_string!(locale, import_form.open_says)>
            <SelectRow
                id="venue"
                label=td_string!(locale, import_form.venue)
                hint=Some(td_string!(locale, import_form.venue_hint))
            >
                <option value="" selected=no_venue>
                    {td_string!(locale, import_form.venue_none)}
                </option>
                {venues}
            </SelectRow>
            <div class="pair">
                <SelectRow id="dates" label=td_string!(locale, import_form.dates)>
                    {orders.collect_view()}
                </SelectRow>
                <FieldRow field=minutes />
            </div>
            <TickRow tick=takes_ids />
        </FieldGroup>
    }
}

fn field_name(locale: Lang, field: Field) -> &'static str {
    match field {
        Field::Id => td_string!(locale, import_form.field_id),
        Field::Title => td_string!(locale, import_form.field_title),
        Field::Venue => td_string!(locale, import_form.field_venue),
        Field::Day => td_string!(locale, import_form.field_day),
        Field::Start => td_string!(locale, import_form.field_start),
        Field::EndDay => td_string!(locale, import_form.field_end_day),
        Field::End => td_string!(locale, import_form.field_end),
        Field::Duration => td_string!(locale, import_form.field_duration),
        Field::Attendance => td_string!(locale, import_form.field_attendance),
        Field::Sold => td_string!(locale, import_form.field_sold),
        Field::Counted => td_string!(locale, import_form.field_counted),
        Field::Estimated => td_string!(locale, import_form.field_estimated),
        Field::Status => td_string!(locale, import_form.field_status),
        Field::Cancelled => td_string!(locale, import_form.field_cancelled),
        Field::Zone => td_string!(locale, import_form.field_zone),
        Field::Ignored => td_string!(locale, import_form.field_ignored),
    }
}
