//! A new event, or what is to be changed about one.

mod addresses;
mod data;
pub mod delete;
mod extras;
pub mod move_answers;
pub mod repeat;
mod theirs;

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        field::{Field, FieldRow, SelectRow},
        form::{FieldGroup, Fold, FormProblem, Tick, TickRow},
        layout::{Layout, NavItem, PageHead},
        section::Section,
    },
    pages::{
        shell::Shell,
        staff::{attendance::kinds, subject::data::event_address},
    },
};
use domain::{
    event::Venue,
    id::{EventId, ProductionId},
    lang::{Reader, Text},
};

pub use self::addresses::{delete_address, edit_address, move_address};
pub use self::data::{
    EventErrors, EventForm, EventFormData, NEW_PRODUCTION, NoCount, NoDay, NoText, NotChosen, TimeError,
};

/// Where a new event is written.
pub const NEW_EVENT: &str = "/staff/events/new";

/// The page.
#[component]
pub fn EventFormPage(
    /// what it shows
    data: EventFormData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, reader) = (shell.locale(), shell.reader);
    let EventFormData { event, form, errors, venues, productions, seen, theirs } = data;
    let is_new = event.is_none();
    let title =
        if is_new { td_string!(locale, event_form.new_title) } else { td_string!(locale, event_form.edit_title) };
    let (action, back) = event.map_or_else(
        || (NEW_EVENT.to_owned(), "/staff/events".to_owned()),
        |event| (edit_address(event), event_address(event)),
    );
    let problem = (!errors.is_empty()).then(|| td_string!(locale, event_form.problem).to_owned());
    let what = what(locale, reader, &form, &errors, &productions).into_any();
    let when = when(locale, &form, &errors, &venues).into_any();
    let audience = audience(locale, &form, &errors, is_new).into_any();
    let theirs = theirs.map(|theirs| theirs::differences(locale, &form, &theirs).into_any());
    let is_open = extras::is_seen(&form, &errors);
    let extras = extras::extras(locale, form, &errors).into_any();
    let more = event.map(|event| more(locale, event).into_any());
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=td_string!(locale, event_form.lead).into_any() />
            <form class="settings" method="post" action=action>
                <FormProblem says=problem />
                {theirs}
                <input r#type="hidden" name="seen" value=seen />
                {what}
                {when}
                {audience}
                <Fold title=td_string!(locale, event_form.extras) is_open=is_open>
                    {extras}
                </Fold>
                <Actions>
                    <SubmitButton text=td_string!(locale, event_form.save) primary=true />
                    <ButtonLink href=back text=td_string!(locale, event_form.back) />
                </Actions>
            </form>
            {more}
        </Layout>
    }
}

/// What else can be done with an event that is there.
fn more(locale: Lang, event: EventId) -> impl IntoView {
    let copy = format!("{NEW_EVENT}?from={event}");
    view! {
        <Section id="more" title=td_string!(locale, event_form.more)>
            <Actions>
                <ButtonLink href=copy text=td_string!(locale, event_form.copy) />
                <ButtonLink href=repeat::repeat_address(event) text=td_string!(locale, event_form.repeat) />
                <ButtonLink href=move_address(event) text=td_string!(locale, move_answers.link) />
                <ButtonLink href=delete_address(event) text=td_string!(locale, event_form.delete) />
            </Actions>
        </Section>
    }
}

fn what(
    locale: Lang,
    reader: Reader,
    form: &EventForm,
    errors: &EventErrors,
    productions: &[(ProductionId, Text)],
) -> impl IntoView + use<> {
    let [fi, sv, en] = form.title.clone();
    let title = |id, label, value, problem| Field { id, label, value, problem, optional: true, ..Field::default() };
    let hint = Some(td_string!(locale, event_form.title_hint));
    let fi = Field { hint, ..title("title_fi", td_string!(locale, event_form.title_fi), fi, errors.title(locale)) };
    let sv = title("title_sv", td_string!(locale, event_form.title_sv), sv, None);
    let en = title("title_en", td_string!(locale, event_form.title_en), en, None);
    let chosen = form.production.clone();
    let options = productions.iter().map(|(id, title)| {
        let (value, words) = (id.to_string(), reader.words(title).text.to_owned());
        view! { <option value=value.clone() selected=value == chosen>{words}</option> }
    });
    let options = options.collect_view();
    let not_chosen = errors.production.map(|_| td_string!(locale, event_form.problem_chosen).to_owned());
    view! {
        <FieldGroup legend=td_string!(locale, event_form.what) says=td_string!(locale, event_form.what_says)>
            <FieldRow field=fi />
            <div class="pair">
                <FieldRow field=sv />
                <FieldRow field=en />
            </div>
            <SelectRow
                id="production"
                label=td_string!(locale, event_form.production)
                hint=Some(td_string!(locale, event_form.production_hint))
                problem=not_chosen
            >
                <option value=NEW_PRODUCTION selected=chosen == NEW_PRODUCTION>
                    {td_string!(locale, event_form.production_new)}
                </option>
                {options}
                <option value="" selected=chosen.is_empty()>
                    {td_string!(locale, event_form.production_none)}
                </option>
            </SelectRow>
        </FieldGroup>
    }
}

fn when(locale: Lang, form: &EventForm, errors: &EventErrors, venues: &[Venue]) -> impl IntoView + use<> {
    let time = |id, label, value: &str, problem: Option<TimeError>| Field {
        id,
        label,
        kind: "time",
        value: value.to_owned(),
        problem: problem.map(|error| error.message(locale)),
        ..Field::default()
    };
    let day = Field {
        id: "day",
        label: td_string!(locale, event_form.day),
        kind: "date",
        value: form.day.clone(),
        problem: errors.day.map(|_| td_string!(locale, event_form.problem_day).to_owned()),
        ..Field::default()
    };
    let doors = time("doors", td_string!(locale, event_form.doors), &form.doors, errors.doors);
    let doors = Field { optional: true, hint: Some(td_string!(locale, event_form.doors_hint)), ..doors };
    let starts = time("starts", td_string!(locale, event_form.starts), &form.starts, errors.starts);
    let ends = time("ends", td_string!(locale, event_form.ends), &form.ends, errors.ends);
    let ends = Field { hint: Some(td_string!(locale, event_form.ends_hint)), ..ends };
    let options = venues.iter().map(|venue| {
        let value = venue.id.to_string();
        let selected = value == form.venue;
        view! { <option value=value selected=selected>{venue.name.clone()}</option> }
    });
    let options = options.collect_view();
    let not_chosen = errors.venue.map(|_| td_string!(locale, event_form.problem_chosen).to_owned());
    view! {
        <FieldGroup legend=td_string!(locale, event_form.when) says=td_string!(locale, event_form.when_says)>
            <SelectRow id="venue" label=td_string!(locale, event_form.venue) problem=not_chosen>
                {options}
            </SelectRow>
            <div class="pair">
                <FieldRow field=day />
                <FieldRow field=doors />
            </div>
            <div class="pair">
                <FieldRow field=starts />
                <FieldRow field=ends />
            </div>
        </FieldGroup>
    }
}

fn audience(locale: Lang, form: &EventForm, errors: &EventErrors, is_new: bool) -> impl IntoView + use<> {
    let attendance = Field {
        id: "attendance",
        label: td_string!(locale, event_form.attendance),
        value: form.attendance.clone(),
        mode: "numeric",
        problem: errors.attendance.map(|_| td_string!(locale, event_form.problem_attendance).to_owned()),
        optional: true,
        ..Field::default()
    };
    let kinds = kinds(locale, &form.attendance_kind);
    let sold_out = Tick {
        kind: "checkbox",
        name: "sold_out",
        value: "yes".into(),
        checked: form.sold_out,
        label: td_string!(locale, event_form.sold_out),
        hint: None,
    };
    let cancelled = Tick {
        kind: "checkbox",
        name: "cancelled",
        value: "yes".into(),
        checked: form.cancelled,
        label: td_string!(locale, event_form.cancelled),
        hint: Some(("cancelled-help", td_string!(locale, event_form.cancelled_hint))),
    };
    let cancelled = (!is_new).then(|| view! { <TickRow tick=cancelled /> });
    view! {
        <FieldGroup legend=td_string!(locale, event_form.audience) says=td_string!(locale, event_form.audience_says)>
            <div class="pair">
                <FieldRow field=attendance />
                <SelectRow id="attendance_kind" label=td_string!(locale, event_form.kind)>
                    {kinds}
                </SelectRow>
            </div>
            <TickRow tick=sold_out />
            {cancelled}
        </FieldGroup>
    }
}
