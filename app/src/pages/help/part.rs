//! A part of the guide: a heading, and steps below it.

use leptos::prelude::*;

/// One part.
pub(super) struct Part {
    /// where links lead
    pub(super) id: &'static str,
    /// the heading
    pub(super) title: &'static str,
    /// whether the order matters
    pub(super) ordered: bool,
    /// what to do or to know
    pub(super) steps: Vec<Step>,
}

/// One thing to do or to know.
pub(super) struct Step {
    name: Option<&'static str>,
    text: &'static str,
    exactly: Option<String>,
}

impl Step {
    /// A sentence or two.
    pub(super) fn say(text: &'static str) -> Self {
        Self { name: None, text, exactly: None }
    }

    /// What these sentences are about.
    pub(super) fn about(self, name: &'static str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// What is found under exactly this name: a way through menus, or an address.
    pub(super) fn at(self, exactly: impl Into<String>) -> Self {
        Self { exactly: Some(exactly.into()), ..self }
    }
}

/// A part as it is read.
pub(super) fn drawn(part: Part) -> impl IntoView {
    let steps = part
        .steps
        .into_iter()
        .map(|Step { name, text, exactly }| {
            view! {
                <li>
                    {name.map(|name| view! { <strong>{name}</strong> })}
                    {text}
                    {exactly.map(|exactly| view! { <span class="exactly">{exactly}</span> })}
                </li>
            }
        })
        .collect_view();
    let list = if part.ordered {
        view! { <ol class="steps">{steps}</ol> }.into_any()
    } else {
        view! { <ul class="steps">{steps}</ul> }.into_any()
    };
    view! {
        <section id=part.id>
            <h2>{part.title}</h2>
            {list}
        </section>
    }
}
