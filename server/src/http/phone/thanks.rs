//! `GET /f/{code}/thanks`

use app::pages::{
    document,
    phone::thanks::{Sent, Thanks, ThanksData},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Response},
};
use leptos::view;

use super::{
    form::{as_page, meant, not_found, shell},
    language::{Wanted, last},
    token::FormToken,
};
use crate::http::{page::PageError, state::AppState};

/// In the address, where what was sent came too late to change the first answer.
pub(super) const FIRST_STANDS: &str = "first=stands";

/// In the address: the token of the form that was just sent.
pub(super) const SENT: &str = "sent";

/// Thanks, and what the event has to give afterwards.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Path(code): Path<String>,
    wanted: Wanted,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let Some(meant) = meant(&state, &code).await? else {
        return not_found(&state, code, wanted.lang(&headers).unwrap_or_default()).await;
    };
    let survey = meant.survey(&state).await?;
    let languages = meant.languages(&survey);
    let reader = meant.reader(wanted.among(&languages, &headers));
    let mut shell = shell(&state, &code, reader).await?;
    shell.path.push_str("/thanks");
    let query = query.unwrap_or_default();
    let first_stands = query.split('&').any(|pair| pair == FIRST_STANDS);
    let sent =
        last(&query, SENT).filter(|token| FormToken::open(token, &state.keys.form_key, state.clock.now()).is_ok());
    // In another language the page knows as much.
    for told in sent.iter().map(|token| format!("{SENT}={token}")).chain(first_stands.then(|| FIRST_STANDS.to_owned()))
    {
        shell.path.push(if shell.path.contains('?') { '&' } else { '?' });
        shell.path.push_str(&told);
    }
    let data = ThanksData {
        title: meant.event.as_ref().map_or(&*meant.venue.name, |event| reader.words(&event.title).text).to_owned(),
        languages,
        first_stands,
        sent: sent.map(|token| Sent { code, token }),
        links: meant.event.map(|event| event.links).unwrap_or_default(),
    };
    let html = document(move || view! { <Thanks data=data shell=shell /> });
    Ok(as_page(Html(html).into_response()))
}
