//! When something went wrong: what it means for the reader, and never how it happened.

use leptos::prelude::*;

use super::shell::Shell;
use crate::{
    i18n::{Lang, td_string},
    kit::auth_layout::AuthLayout,
};

/// What the error page shows.
#[derive(Clone, Debug)]
pub struct ErrorData {
    /// the HTTP status
    pub status: u16,
}

/// The error page, for staff and for addresses that nobody knows.
#[component]
pub fn ErrorPage(
    /// what happened
    data: ErrorData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let (title, says) = words(locale, data.status);
    let (way, name) = way(locale, &shell.path);
    view! {
        <AuthLayout shell=shell title=title>
            <p>{says}</p>
            <form method="get" action=way>
                <button class="button">{name}</button>
            </form>
        </AuthLayout>
    }
}

/// Where to go from here: staff to tonight, a visitor to the form or to where a code can be typed.
fn way(locale: Lang, path: &str) -> (String, &'static str) {
    if path == "/staff" || path.starts_with("/staff/") {
        return ("/staff".to_owned(), td_string!(locale, staff.to_tonight));
    }
    let code = path.strip_prefix("/f/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return (["/f/", code].concat(), td_string!(locale, phone.to_form));
    }
    ("/f".to_owned(), td_string!(locale, phone.to_code))
}

/// A heading and a sentence for a status; what has no words of its own is our fault or a bad request.
fn words(locale: Lang, status: u16) -> (&'static str, &'static str) {
    match status {
        401 | 403 => (td_string!(locale, staff.error_403), td_string!(locale, staff.error_403_says)),
        404 | 405 => (td_string!(locale, staff.error_404), td_string!(locale, staff.error_404_says)),
        410 => (td_string!(locale, staff.error_410), td_string!(locale, staff.error_410_says)),
        429 => (td_string!(locale, staff.error_429), td_string!(locale, staff.error_429_says)),
        400..=499 => (td_string!(locale, staff.error_400), td_string!(locale, staff.error_400_says)),
        503 => (td_string!(locale, staff.error_503), td_string!(locale, staff.error_503_says)),
        _ => (td_string!(locale, staff.error_500), td_string!(locale, staff.error_500_says)),
    }
}
