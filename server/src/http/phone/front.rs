//! `GET /` and `GET /f`: for whoever typed only half of an address from a poster.

use app::pages::{document, phone::code::TypeCode};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::lang::LanguageTag;
use leptos::view;

use super::{
    form::shell,
    language::{Wanted, last},
};
use crate::http::{headers::CSP_OF_FRONT_PAGE, page::PageError, state::AppState};

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
    let code: String = last(&query.unwrap_or_default(), "code")
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if !code.is_empty() {
        // What the browser prefers is asked again there, where it is known what is offered.
        let asked: Option<LanguageTag> = wanted.lang.as_deref().and_then(|tag| tag.parse().ok());
        let query = asked.map(|tag| format!("?lang={tag}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("/f/{code}{query}")).into_response());
    }
    let mut shell = shell(&state, "", wanted.lang(&headers).unwrap_or_default().into()).await?;
    "/f".clone_into(&mut shell.path);
    let html = document(move || view! { <TypeCode shell=shell /> });
    let mut response = Html(html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_OF_FRONT_PAGE));
    Ok(response)
}
