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
    /// the public address, where something was sent from a page at another one
    pub public: Option<String>,
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
    let (way, name) = way(locale, &shell.path);
    let (title, says) = match &data.public {
        Some(_) => (td_string!(locale, staff.error_elsewhere), td_string!(locale, staff.error_elsewhere_says)),
        None => words(locale, data.status, &shell.path),
    };
    let on = match data.public {
        // A form may not lead to another origin, a link may.
        Some(public) => {
            let page = if is_page_to_enter(&shell.path) { shell.path.clone() } else { way };
            let name = td_string!(locale, staff.error_elsewhere_open);
            view! { <p><a class="button" href=[public, page].concat()>{name}</a></p> }.into_any()
        }
        None => view! {
            <form method="get" action=way>
                <button class="button">{name}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <AuthLayout shell=shell title=title>
            <p>{says}</p>
            {on}
        </AuthLayout>
    }
}

/// Log-in and set-up, which are worth opening again.
fn is_page_to_enter(path: &str) -> bool {
    path == "/staff/login" || path.starts_with("/staff/set-up/")
}

/// Whether whoever reads a page is one of the staff; everybody else is a visitor.
fn is_for_staff(path: &str) -> bool {
    path == "/staff" || path.starts_with("/staff/")
}

/// Where to go from here: staff to tonight, a visitor to the form or to where a code can be typed.
fn way(locale: Lang, path: &str) -> (String, &'static str) {
    if is_for_staff(path) {
        return ("/staff".to_owned(), td_string!(locale, staff.to_tonight));
    }
    let code = path.strip_prefix("/f/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return (["/f/", code].concat(), td_string!(locale, phone.to_form));
    }
    ("/f".to_owned(), td_string!(locale, phone.to_code))
}

/// A heading and a sentence for a status; what has no words of its own is our fault or a bad request.
fn words(locale: Lang, status: u16, path: &str) -> (&'static str, &'static str) {
    match status {
        // Visitors are told nothing about accounts, administrators or tablets, and that their answer has to come again.
        503 if !is_for_staff(path) => (td_string!(locale, staff.error_503), td_string!(locale, phone.error_503_says)),
        500.. if !is_for_staff(path) => (td_string!(locale, staff.error_500), td_string!(locale, phone.error_500_says)),
        401 | 403 => (td_string!(locale, staff.error_403), td_string!(locale, staff.error_403_says)),
        404 | 405 => (td_string!(locale, staff.error_404), td_string!(locale, staff.error_404_says)),
        410 => (td_string!(locale, staff.error_410), td_string!(locale, staff.error_410_says)),
        413 => (td_string!(locale, staff.error_413), td_string!(locale, staff.error_413_says)),
        429 => (td_string!(locale, staff.error_429), td_string!(locale, staff.error_429_says)),
        400..=499 => (td_string!(locale, staff.error_400), td_string!(locale, staff.error_400_says)),
        503 => (td_string!(locale, staff.error_503), td_string!(locale, staff.error_503_says)),
        _ => (td_string!(locale, staff.error_500), td_string!(locale, staff.error_500_says)),
    }
}
