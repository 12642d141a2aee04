//! Every screen, by family; one page a file.
//!
//! The pages of the phone and the staff are pure functions of plain data: a handler gathers the
//! data, a page shows it. They fetch nothing, know no store and no clock, and exist on the server
//! only. Each returns the whole document but for the doctype, which [`document`] puts before it.
//!
//! What does not belong here: arithmetic (that is the crate `domain`), and what several families share
//! (that is `screens`).

#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod help;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod phone;
#[cfg(feature = "ssr")]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub mod shell;
#[cfg(feature = "ssr")]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub mod staff;
#[cfg(feature = "ssr")]
pub mod stage;
#[cfg(feature = "ssr")]
pub mod when;

/// A page as it is sent: the doctype, then what the view renders to.
///
/// A page has no effects and no resources, so that its owner may go as soon as the text is there.
#[cfg(feature = "ssr")]
pub fn document<V: leptos::IntoView>(page: impl FnOnce() -> V) -> String {
    let mut html = String::from("<!DOCTYPE html>");
    html.push_str(&fragment(page));
    html
}

/// A part of a page, for a client that swaps it in.
///
/// An island with children asks, while it is rendered, whether it stands in another one: that is what the shared
/// context knows. Nothing is kept in it for the browser.
#[cfg(feature = "ssr")]
pub fn fragment<V: leptos::IntoView>(part: impl FnOnce() -> V) -> String {
    use std::sync::Arc;

    use hydration_context::SsrSharedContext;
    use leptos::prelude::*;

    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| part().into_view().to_html());
    owner.cleanup();
    html
}
