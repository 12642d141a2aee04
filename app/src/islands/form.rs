//! A form that is sent without loading a page: what the server says about its fields is put where a page would have it
//! (`crate::kit::field`), everything typed stays, and the first field that is wrong gets the focus.
//!
//! The form's fields come from the server and are no part of any island; an island of a few lines for each server
//! function stands around them. Without JavaScript the form posts to the same address and gets a page.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::server_functions::{form_error::FormError, venue_settings::SaveVenueSettings};

/// The class of what a form keeps ready to say where the server cannot be reached.
pub const UNREACHABLE: &str = "unreachable";
/// Where whoever sent it is no longer logged in.
pub const LOGGED_OUT: &str = "logged-out";
/// Where nobody knows what became of it.
pub const FAILED: &str = "failed";

/// The settings of a venue.
#[island]
pub fn VenueSettingsForm(
    /// the fields
    children: Children,
) -> impl IntoView {
    let save = ServerAction::<SaveVenueSettings>::new();
    follow(save);
    let id = id::<SaveVenueSettings>();
    view! {
        <ActionForm action=save attr:id=id attr:class="settings">
            {children()}
        </ActionForm>
    }
}

/// The id by which an island finds its form.
fn id<F: ServerFn>() -> &'static str {
    F::PATH.rsplit('/').next().unwrap_or(F::PATH)
}

/// Shows what becomes of a form each time it is sent, and never sends it by itself: it may have been done. Where it is taken, the server says where to go, and the browser
/// goes there by itself.
#[cfg_attr(not(feature = "browser"), expect(unused_variables, reason = "the server renders the form and no more"))]
fn follow<F>(action: ServerAction<F>)
where
    F: ServerFn<Output = (), Error = FormError> + Clone + Send + Sync + 'static,
{
    #[cfg(feature = "browser")]
    Effect::new(move |_| {
        if let Some(Err(error)) = action.value().get() {
            browser::show(id::<F>(), &error);
        }
    });
}

#[cfg(feature = "browser")]
mod browser {
    use leptos::prelude::document;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, HtmlFormElement};

    use super::{FAILED, LOGGED_OUT, UNREACHABLE};
    use crate::server_functions::form_error::{FieldError, FormError};

    /// What is in a page's markup when the server renders it with what is wrong.
    const INVALID: &str = "aria-invalid";
    const DESCRIBED: &str = "aria-describedby";

    pub(super) fn show(id: &str, error: &FormError) {
        let Some(form) = document().get_element_by_id(id).and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        forget(&form);
        let (notice, fields) = match error {
            FormError::Fields { says, fields } => (paragraph(says), &fields[..]),
            FormError::Unreachable => (ready(&form, UNREACHABLE), &[][..]),
            FormError::LoggedOut => (ready(&form, LOGGED_OUT), &[][..]),
            FormError::Unexpected => (ready(&form, FAILED), &[][..]),
        };
        if let Some(notice) = &notice {
            notice.set_class_name("notice");
            _ = notice.set_attribute("role", "alert");
            _ = notice.set_attribute("tabindex", "-1");
            _ = form.prepend_with_node_1(notice);
        }
        // The button stands below many fields: what was said above them must come into sight.
        let first = mark(&form, fields).or(notice);
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            _ = first.focus();
        }
    }

    /// Says at each field what is wrong with it. Returns the first that is.
    fn mark(form: &HtmlFormElement, fields: &[FieldError]) -> Option<Element> {
        let mut first = None;
        for FieldError { field, says } in fields {
            let Ok(Some(group)) = form.query_selector(&format!("[data-field={field}]")) else { continue };
            let id = format!("{field}-problem");
            for input in inputs(&group) {
                _ = input.set_attribute(INVALID, "true");
                let described = input.get_attribute(DESCRIBED).unwrap_or_default();
                _ = input.set_attribute(DESCRIBED, format!("{id} {described}").trim_end());
                first.get_or_insert(input);
            }
            let Some(problem) = paragraph(says) else { continue };
            problem.set_class_name("problem");
            problem.set_id(&id);
            // Before the help, which the style sheet then hides; in a row of a table, below its head.
            let help = group.query_selector("small").ok().flatten();
            let head = group.closest("tr").ok().flatten().and_then(|row| row.query_selector("th").ok().flatten());
            match (help, head) {
                (Some(help), _) => _ = help.before_with_node_1(&problem),
                (None, Some(head)) => _ = head.append_child(&problem),
                (None, None) => _ = group.append_child(&problem),
            }
        }
        first
    }

    /// What the form keeps ready to say.
    fn ready(form: &HtmlFormElement, class: &str) -> Option<Element> {
        let kept = form.query_selector(&format!(".{class}")).ok()??;
        let notice: Element = kept.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        notice.remove_attribute("hidden").ok()?;
        Some(notice)
    }

    /// Takes away what was said the last time, by an island or by the server.
    fn forget(form: &HtmlFormElement) {
        for old in all(form, ".problem, .notice") {
            old.remove();
        }
        for input in all(form, "[aria-invalid]") {
            _ = input.remove_attribute(INVALID);
            let described = input.get_attribute(DESCRIBED).unwrap_or_default();
            let kept: Vec<&str> = described.split(' ').filter(|id| !id.ends_with("-problem")).collect();
            if kept.is_empty() {
                _ = input.remove_attribute(DESCRIBED);
            } else {
                _ = input.set_attribute(DESCRIBED, &kept.join(" "));
            }
        }
    }

    fn paragraph(says: &str) -> Option<Element> {
        let paragraph = document().create_element("p").ok()?;
        paragraph.set_text_content(Some(says));
        Some(paragraph)
    }

    fn inputs(group: &Element) -> Vec<Element> {
        all(group, "input, select, textarea")
    }

    fn all(within: &Element, css: &str) -> Vec<Element> {
        let Ok(found) = within.query_selector_all(css) else { return Vec::new() };
        (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
    }
}
