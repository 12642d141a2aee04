//! What else belongs to an event: who is expected, links for the thanks page, notes for staff.

use leptos::prelude::*;

use super::data::{EventErrors, EventForm};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        field::{Field, FieldProblem, FieldRow},
        form::{FieldGroup, Tick, TickRow},
    },
};
use domain::response::Segment;

/// Ids and names of the fields of the links.
const LINKS: [(&str, &str); 3] =
    [("link_text_0", "link_url_0"), ("link_text_1", "link_url_1"), ("link_text_2", "link_url_2")];

/// Whether any of it was filled in or refused, so that it has to be seen.
pub(super) fn is_seen(form: &EventForm, errors: &EventErrors) -> bool {
    let any_link = form.links.iter().any(|(text, url)| !text.is_empty() || !url.is_empty());
    let is_wrong = errors.links.is_some() || errors.notes.is_some();
    any_link || is_wrong || !form.segments.is_empty() || !form.notes.is_empty()
}

pub(super) fn extras(locale: Lang, form: EventForm, errors: &EventErrors) -> impl IntoView + use<> {
    let segments = Segment::ALL.map(|segment| {
        let tick = Tick {
            kind: "checkbox",
            name: "segment",
            value: segment.as_str().into(),
            checked: form.segments.contains(&segment),
            label: segment_name(locale, segment),
            hint: None,
        };
        view! { <TickRow tick=tick /> }
    });
    let wrong = errors.links;
    let links = form.links.into_iter().zip(LINKS).enumerate().map(|(place, ((text, url), (text_id, url_id)))| {
        let field = |id, label, value| Field { id, label, value, optional: true, ..Field::default() };
        let text = field(text_id, td_string!(locale, event_form.link_text), text);
        let problem = (wrong == Some(place)).then(|| td_string!(locale, event_form.problem_link).to_owned());
        let url = Field { kind: "url", problem, ..field(url_id, td_string!(locale, event_form.link_url), url) };
        view! {
            <div class="pair">
                <FieldRow field=text />
                <FieldRow field=url />
            </div>
        }
    });
    let links = links.collect_view();
    let notes_wrong = errors.notes.map(|_| td_string!(locale, event_form.problem_notes).to_owned());
    let is_wrong = notes_wrong.is_some();
    view! {
        <FieldGroup legend=td_string!(locale, event_form.expected) says=td_string!(locale, event_form.expected_says)>
            {segments.collect_view()}
        </FieldGroup>
        <FieldGroup legend=td_string!(locale, event_form.links) says=td_string!(locale, event_form.links_says)>
            {links}
        </FieldGroup>
        <FieldGroup legend=td_string!(locale, event_form.notes) says=td_string!(locale, event_form.notes_says)>
            <div class="field" data-field="notes">
                <label for="notes">{td_string!(locale, event_form.notes_label)}</label>
                <textarea
                    id="notes"
                    name="notes"
                    rows="4"
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=is_wrong.then_some("notes-problem")
                >
                    {form.notes}
                </textarea>
                <FieldProblem id="notes" says=notes_wrong />
            </div>
        </FieldGroup>
    }
}

fn segment_name(locale: Lang, segment: Segment) -> &'static str {
    match segment {
        Segment::Adult => td_string!(locale, event_form.segment_adult),
        Segment::Child => td_string!(locale, event_form.segment_child),
        Segment::Pupil => td_string!(locale, event_form.segment_pupil),
        Segment::Teacher => td_string!(locale, event_form.segment_teacher),
        Segment::Participant => td_string!(locale, event_form.segment_participant),
        Segment::Companion => td_string!(locale, event_form.segment_companion),
    }
}
