//! `GET /` and `GET /f`: for whoever typed only half of an address from a poster.

use app::pages::{document, phone::not_found::NotFound};
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Redirect, Response},
};
use leptos::view;
use serde::Deserialize;

use super::{
    form::{as_page, shell},
    language::Wanted,
};
use crate::{http::page::PageError, state::AppState};

/// What was typed into the form.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    code: Option<String>,
    lang: Option<String>,
}

/// A page to type a code into; with a code, straight to what it names.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Query(typed): Query<Typed>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let lang = Wanted { lang: typed.lang }.lang(&headers);
    let code: String = typed.code.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
    if !code.is_empty() {
        let query = lang.map(|lang| format!("?lang={lang}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("/f/{code}{query}")).into_response());
    }
    let mut shell = shell(&state, "", lang.unwrap_or_default()).await?;
    "/f".clone_into(&mut shell.path);
    let html = document(move || view! { <NotFound code=code shell=shell /> });
    Ok(as_page(Html(html).into_response()))
}
