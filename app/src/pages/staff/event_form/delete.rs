//! The question before an event is deleted, with what follows from it.

use leptos::prelude::*;

use super::addresses::{delete_address, edit_address};
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink},
        confirm::Confirm,
        layout::{Layout, NavItem, PageHead},
    },
    pages::{shell::Shell, staff::subject::data::event_address},
};
use domain::{id::EventId, lang::Text};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeleteData {
    /// which event
    pub event: EventId,
    /// what it is called
    pub title: Text,
    /// whether anybody has answered about it: then it can be cancelled, and not deleted
    pub has_answers: bool,
}

/// The page.
#[component]
pub fn DeleteEvent(
    /// what it shows
    data: DeleteData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let DeleteData { event, title, has_answers } = data;
    let words = shell.reader.words(&title).text.to_owned();
    let heading = td_string!(locale, event_form.delete_title);
    let body = if has_answers {
        view! {
            <p class="says">{td_string!(locale, event_form.delete_answers)}</p>
            <Actions>
                <ButtonLink href=edit_address(event) text=td_string!(locale, event_form.delete_cancel) primary=true />
                <ButtonLink href=event_address(event) text=td_string!(locale, event_form.delete_no) />
            </Actions>
        }
        .into_any()
    } else {
        view! {
            <Confirm
                says=td_string!(locale, event_form.delete_says)
                action=delete_address(event)
                yes=td_string!(locale, event_form.delete_yes)
                no=(event_address(event), td_string!(locale, event_form.delete_no))
            />
        }
        .into_any()
    };
    view! {
        <Layout shell=shell at=NavItem::Programme title=heading>
            <PageHead title=heading line=view! { <bdi>{words}</bdi> }.into_any() />
            {body}
        </Layout>
    }
}
