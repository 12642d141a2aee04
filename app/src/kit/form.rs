//! What stands around the fields of a form.

use std::borrow::Cow;

use leptos::prelude::*;

use super::{
    address::Address,
    notice::{Notice, NoticeKind},
};
use crate::{
    i18n::{Lang, td_string},
    islands::form::{FAILED, LOGGED_OUT, UNREACHABLE},
};

/// What is wrong with a form as a whole, where anything is.
#[component]
pub fn FormProblem(
    /// what is wrong
    #[prop(into)]
    says: Option<String>,
) -> impl IntoView {
    view! { <Notice kind=NoticeKind::Problem says=says /> }
}

/// What a form that an island sends keeps ready to say where no words come from the server.
#[component]
pub fn Standby(
    /// for whom
    locale: Lang,
    /// the page of the form, to come back to after the log-in
    path: String,
) -> impl IntoView {
    let log_in = Address::new("/staff/login", [("next", path)]).with(&[]);
    view! {
        <p class=UNREACHABLE hidden>{td_string!(locale, kit.unreachable)}</p>
        <p class=FAILED hidden>{td_string!(locale, kit.failed)}</p>
        <p class=LOGGED_OUT hidden>
            {td_string!(locale, kit.logged_out)}" "
            <a href=log_in target="_blank">{td_string!(locale, kit.log_in)}</a>
        </p>
    }
}

/// Fields that belong together, with a heading and a sentence on what they are for.
#[component]
pub fn FieldGroup(
    /// the heading
    legend: &'static str,
    /// what they are for
    #[prop(into)]
    says: String,
    /// the fields
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <p class="says">{says}</p>
            {children()}
        </fieldset>
    }
}

/// Fields that few people need, folded away until somebody asks for them.
#[component]
pub fn Fold(
    /// what lies beneath
    title: &'static str,
    /// whether it is open from the start: something beneath is filled in or refused
    is_open: bool,
    /// the groups of fields
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold" open=is_open>
            <summary>{title}</summary>
            {children()}
        </details>
    }
}

/// A box to tick, or one of several to choose from.
#[derive(Clone, Debug, Default)]
pub struct Tick {
    /// `checkbox`, or `radio` where there are several with this name
    pub kind: &'static str,
    /// what is sent
    pub name: &'static str,
    /// what is sent with it
    pub value: Cow<'static, str>,
    /// whether it is ticked
    pub checked: bool,
    /// what the reader sees
    pub label: &'static str,
    /// a sentence of help below it, and its id
    pub hint: Option<(&'static str, &'static str)>,
}

/// A labelled box to tick.
#[component]
pub fn TickRow(
    /// the box
    tick: Tick,
    /// what the reader sees after the label, or instead of it
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let Tick { kind, name, value, checked, label, hint } = tick;
    let hint_id = hint.map(|(id, _)| id);
    let hint = hint.map(|(id, says)| view! { <p class="quiet" id=id>{says}</p> });
    view! {
        <label class="tick">
            <input r#type=kind name=name value=value.into_owned() checked=checked aria-describedby=hint_id />
            {label} {children.map(|children| children())}
        </label>
        {hint}
    }
}
