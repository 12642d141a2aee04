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
