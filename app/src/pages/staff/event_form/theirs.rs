//! What somebody else has written since the fields were filled in: both versions, field by field.

use leptos::prelude::*;

use super::data::EventForm;
use crate::{
    i18n::{Lang, td_string},
    kit::notice::{Notice, NoticeKind},
};

/// Both versions of what is not the same; the fields below hold the reader's own.
pub(super) fn differences(locale: Lang, own: &EventForm, theirs: &EventForm) -> impl IntoView + use<> {
    let rows = fields(locale, own).into_iter().zip(fields(locale, theirs));
    let rows = rows.filter(|((_, own), (_, theirs))| own != theirs).map(|((label, own), (_, theirs))| {
        let shown = |words: String| if words.is_empty() { "–".to_owned() } else { words };
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td>
                    <bdi>{shown(own)}</bdi>
                </td>
                <td>
                    <bdi>{shown(theirs)}</bdi>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let says = Some(td_string!(locale, event_form.theirs_says).to_owned());
    view! {
        <Notice kind=NoticeKind::Problem says=says />
        <div class="table-scroll" role="region" aria-label=td_string!(locale, event_form.theirs) tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, event_form.theirs_field)}</th>
                        <th scope="col">{td_string!(locale, event_form.theirs_own)}</th>
                        <th scope="col">{td_string!(locale, event_form.theirs)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn fields(locale: Lang, form: &EventForm) -> Vec<(&'static str, String)> {
    let [fi, sv, en] = form.title.clone();
    let yes = |is: bool| if is { "✓".to_owned() } else { String::new() };
    let links: Vec<String> = form.links.iter().map(|(text, url)| format!("{text} {url}").trim().to_owned()).collect();
    let segments: Vec<&str> = form.segments.iter().map(|segment| segment.as_str()).collect();
    vec![
        (td_string!(locale, event_form.title_fi), fi),
        (td_string!(locale, event_form.title_sv), sv),
        (td_string!(locale, event_form.title_en), en),
        (td_string!(locale, event_form.production), form.production.clone()),
        (td_string!(locale, event_form.venue), form.venue.clone()),
        (td_string!(locale, event_form.day), form.day.clone()),
        (td_string!(locale, event_form.doors), form.doors.clone()),
        (td_string!(locale, event_form.starts), form.starts.clone()),
        (td_string!(locale, event_form.ends), form.ends.clone()),
        (td_string!(locale, event_form.attendance), form.attendance.clone()),
        (td_string!(locale, event_form.kind), form.attendance_kind.clone()),
        (td_string!(locale, event_form.sold_out), yes(form.sold_out)),
        (td_string!(locale, event_form.cancelled), yes(form.cancelled)),
        (td_string!(locale, event_form.expected), segments.join(", ")),
        (td_string!(locale, event_form.links), links.join(" ").trim().to_owned()),
        (td_string!(locale, event_form.notes), form.notes.clone()),
    ]
}
