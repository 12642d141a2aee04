//! What happened, newest first.

use leptos::prelude::*;

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEntry {
    /// what, or when
    pub head: String,
    /// to what
    pub beside: String,
    /// when, or what else
    pub aside: String,
    /// what is known about it, a line each
    pub lines: Vec<String>,
}

/// What happened, newest first.
#[component]
pub fn Log(
    /// newest first
    entries: Vec<LogEntry>,
) -> impl IntoView {
    let entries = entries
        .into_iter()
        .map(|LogEntry { head, beside, aside, lines }| {
            let aside = (!aside.is_empty()).then(|| view! { <span class="quiet">{aside}</span> });
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! {
                <li>
                    <p>
                        <strong>{head}</strong>
                        " "
                        {beside}
                        " "
                        {aside}
                    </p>
                    <ul class="quiet">{lines}</ul>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="log">{entries}</ol> }
}
