//! A sentence that should not be missed.

use leptos::prelude::*;

/// What a notice is about, and so how it is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// something does not work, and did not before either
    Standing,
    /// what the reader has just tried did not work; read aloud at once
    Problem,
    /// what the reader has just tried worked; read aloud when there is time
    Done,
}

/// A sentence that should not be missed; nothing where there is none.
#[component]
pub fn Notice(
    /// what it is about
    kind: NoticeKind,
    /// the sentence
    #[prop(into)]
    says: Option<String>,
) -> impl IntoView {
    let (class, role) = match kind {
        NoticeKind::Standing => ("notice", None),
        NoticeKind::Problem => ("notice", Some("alert")),
        NoticeKind::Done => ("notice is-good", Some("status")),
    };
    says.map(|says| view! { <p class=class role=role>{says}</p> })
}
