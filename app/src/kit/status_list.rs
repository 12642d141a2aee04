//! Things that may need somebody: how each is, what to do, and what is known of it.

use leptos::prelude::*;

use super::facts::{FactLayout, Facts};

/// How much something needs somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// not at all
    Fine,
    /// not now; good to know
    Note,
    /// some time soon
    Look,
    /// at once
    Urgent,
}

impl Level {
    const fn class(self) -> &'static str {
        match self {
            Self::Fine => "is-fine",
            Self::Note => "is-note",
            Self::Look => "is-look",
            Self::Urgent => "is-urgent",
        }
    }
}

/// One of the things.
#[derive(Clone, Debug)]
pub struct StatusRow {
    /// its name
    pub name: String,
    /// the address of its page
    pub href: String,
    /// below the name
    pub line: String,
    /// how it is, and a word for it
    pub level: (Level, &'static str),
    /// what is to be said about it, the most urgent first
    pub messages: Vec<(Level, String)>,
    /// what is known of it
    pub facts: Vec<(String, String)>,
}

/// Things and how they are.
#[component]
pub fn StatusList(
    /// the one that needs somebody first
    rows: Vec<StatusRow>,
) -> impl IntoView {
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ol class="status-list">{rows}</ol> }
}

fn row(row: StatusRow) -> impl IntoView {
    let StatusRow { name, href, line, level: (level, word), messages, facts } = row;
    let messages =
        messages.into_iter().map(|(level, says)| view! { <li class=level.class()>{says}</li> }).collect_view();
    view! {
        <li class=format!("status {}", level.class())>
            <div class="status-head">
                <h2>
                    <a href=href><bdi>{name}</bdi></a>
                </h2>
                <p class="quiet">{line}</p>
                <p class="mark">{word}</p>
            </div>
            <ul class="status-messages">{messages}</ul>
            <Facts facts=facts layout=FactLayout::Columns />
        </li>
    }
}
