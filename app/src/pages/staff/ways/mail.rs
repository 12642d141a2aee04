//! The link for the ticket seller's mail: made here, and pasted from here.

use leptos::prelude::*;

use super::{
    data::{MailLink, READ, WaysData, faces_address, mail_address, span},
    paste::{plain, with_faces, with_link},
};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::FieldProblem,
        form::{Tick, TickRow},
        section::Section,
    },
    pages::when::When,
};
use domain::id::EventId;

/// The link, its text in three languages, and faces where somebody has asked for them.
#[component]
pub(super) fn MailSection(
    /// what the page shows
    data: WaysData,
    /// for whom
    locale: Lang,
    /// the venue's clock
    when: When,
) -> impl IntoView {
    let id = data.event.id;
    let body = match &data.mail {
        Some(link) => view! {
            {texts(link, locale)}
            {data.has_faces.then(|| faces(id, link.with_faces, data.may_edit, data.not_ticked, locale))}
        }
        .into_any(),
        None if data.may_edit => view! {
            <form method="post" action=mail_address(id)>
                <Actions>
                    <SubmitButton text=td_string!(locale, ways.make_link) primary=true />
                </Actions>
            </form>
        }
        .into_any(),
        None => view! { <p>{td_string!(locale, ways.no_link)}</p> }.into_any(),
    };
    let span = span(locale, &when, data.mail_window);
    view! {
        <Section id="mail" title=td_string!(locale, ways.mail)>
            <p>{td_string!(locale, ways.mail_says)}</p>
            <p>{span}</p>
            {body}
        </Section>
    }
}

/// What is pasted, in each language: as plain text and as HTML.
fn texts(link: &MailLink, locale: Lang) -> impl IntoView + use<> {
    let asked_faces = link.with_faces;
    let languages = link.pastes.iter().enumerate().map(|(place, paste)| {
        let lang = paste.lang;
        let html = if asked_faces { with_faces(paste) } else { with_link(paste) };
        let rows = [
            (format!("plain-{lang}"), td_string!(locale, ways.plain), plain(paste)),
            (format!("html-{lang}"), td_string!(locale, ways.html), html),
        ];
        let rows = rows.map(|(id, label, text)| {
            view! {
                <div class="field">
                    <label for=id.clone()>{label}</label>
                    <textarea id=id rows="5" readonly lang=lang.tag() inner_html=escaped(&text)></textarea>
                </div>
            }
        });
        view! {
            <details class="fold" open=place == 0>
                <summary lang=lang.tag()>{lang.own_name()}</summary>
                <div class="settings">{rows.into_iter().collect_view()}</div>
            </details>
        }
    });
    view! {
        <p>{td_string!(locale, ways.paste_says)}</p>
        {languages.collect_view()}
    }
}

/// Text as the inside of a `<textarea>`, which ends at nothing but its end tag.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Five faces as links: what they tell the sender is said before anybody can have them.
fn faces(id: EventId, are_there: bool, may_edit: bool, not_ticked: bool, locale: Lang) -> impl IntoView + use<> {
    let says = td_string!(locale, ways.faces_says);
    let form = match (may_edit, are_there) {
        (false, _) => None,
        (true, true) => Some(
            view! {
                <Actions>
                    <SubmitButton text=td_string!(locale, ways.faces_off) />
                </Actions>
            }
            .into_any(),
        ),
        (true, false) => {
            let tick = Tick {
                kind: "checkbox",
                name: READ,
                value: "1".into(),
                checked: false,
                label: td_string!(locale, ways.faces_read),
                hint: None,
            };
            let problem = not_ticked.then(|| td_string!(locale, ways.faces_problem).to_owned());
            Some(
                view! {
                    <TickRow tick=tick />
                    <FieldProblem id=READ says=problem />
                    <Actions>
                        <SubmitButton text=td_string!(locale, ways.faces_on) />
                    </Actions>
                }
                .into_any(),
            )
        }
    };
    let state = are_there.then(|| view! { <p><strong>{td_string!(locale, ways.faces_are_on)}</strong></p> });
    view! {
        <h3>{td_string!(locale, ways.faces)}</h3>
        <p>{says}</p>
        {state}
        {form.map(|form| view! { <form class="settings" method="post" action=faces_address(id)>{form}</form> })}
    }
}
