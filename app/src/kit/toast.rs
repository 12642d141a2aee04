//! What has just been done, said once on the page that a form leads to. The address says which word it is, so that it
//! needs no cookie and goes away with the next click.

use leptos::prelude::*;

use super::notice::{Notice, NoticeKind};

/// Says that something was done; nothing where nothing was.
#[component]
pub fn Toast(
    /// what was done
    #[prop(into)]
    says: Option<String>,
) -> impl IntoView {
    view! { <Notice kind=NoticeKind::Done says=says /> }
}

/// What was done at a page with one form.
pub const SAVED: &str = "saved";

/// The address of a page that says what was done: `/staff/kiosks/7?done=renamed`.
#[must_use]
pub fn done_address(path: &str, done: &str) -> String {
    format!("{path}?done={done}")
}
