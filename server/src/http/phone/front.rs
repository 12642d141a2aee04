//! `GET /` and `GET /f`: for whoever typed only half of an address from a poster.

use app::pages::{document, phone::code::TypeCode};
use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Redirect, Response},
};
use leptos::view;

use super::{
    form::{as_page, shell},
    language::{Wanted, last},
};
use crate::http::{page::PageError, state::AppState};

/// A page to type a code into; with a code, straight to what it names.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    wanted: Wanted,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let lang = wanted.lang(&headers);
    let code: String = last(&query.unwrap_or_default(), "code")
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if !code.is_empty() {
        let query = lang.map(|lang| format!("?lang={lang}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("/f/{code}{query}")).into_response());
    }
    let mut shell = shell(&state, "", lang.unwrap_or_default()).await?;
    "/f".clone_into(&mut shell.path);
    let html = document(move || view! { <TypeCode shell=shell /> });
    Ok(as_page(Html(html).into_response()))
}
