//! `/staff/recover`: the printed recovery code, for the day when nobody is left who can log in as an administrator.

use std::net::IpAddr;

use app::{
    emails::recovery_used::recovery_used_email,
    pages::staff::recovery::{Recover, RecoverProblem},
};
use axum::{
    Extension,
    body::Body,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    lang::LanguageTag,
    time::{HOUR, Millis},
};
use leptos::view;
use store::{
    StoreError,
    staff::{Purpose, SetupLink},
};

use crate::{
    auth::{login_throttle::Guesser, printed_code::hash_printed_code},
    client_address::Source,
    connections::places::Place,
    http::{
        forms::fields,
        page::{PageContext, PageError},
        state::AppState,
    },
    secrets::{hash_token, new_token, seal},
};

/// A code.
const MAX_BYTES: usize = 8 * 1024;
/// So long the link opens that the code gives.
const OPENS: Millis = HOUR;

/// `GET`: the form.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(State(state): State<AppState>, context: PageContext) -> Result<Response, PageError> {
    page(&state, &context, None).await
}

/// `POST`: the code is used up, every administrator is told, and a link leads on that opens once.
///
/// # Errors
/// Where the form cannot be read, too many wait already, or the store cannot do it now.
pub async fn take(
    State(state): State<AppState>,
    Source(source): Source,
    place: Option<Extension<Place>>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let code = fields(body, MAX_BYTES).await?.remove("code").unwrap_or_default();
    // Whoever waits in line gives way where connections run out.
    let waiting = place.as_ref().map(|Extension(place)| place.giving_way());
    let _turn = state.logins.turn(source).await.ok_or(PageError::TooMany)?;
    drop(waiting);
    let (store, now) = (&**state.store.system(), state.clock.now());
    // Counted by source: whoever guesses must not shut out whoever holds the sheet.
    let guesser = Guesser::Stranger(format!("RECOVER {}", named(&state, source)));
    if !state.logins.may_try(store, &guesser, source, now).await? {
        let page = page(&state, &context, Some(RecoverProblem::Later)).await?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    let token = new_token(&state.rng);
    let link = SetupLink { token: hash_token(&token), user: None, expires_at: now + OPENS, purpose: Purpose::Recovery };
    if store.use_printed_code(hash_printed_code(&code), &link, now).await? {
        state.logins.succeeded(&guesser);
        tracing::warn!("the printed recovery code was used");
        announce(&state).await?;
        return Ok(Redirect::to(&format!("/staff/set-up/{token}")).into_response());
    }
    state.logins.failed(store, &guesser, now).await?;
    let page = page(&state, &context, Some(RecoverProblem::Wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Under which a source is counted: nobody's address is written down.
fn named(state: &AppState, source: Option<IpAddr>) -> String {
    source.map_or_else(String::new, |ip| hex::encode(seal(&state.keys.form_key, format!("source {ip}").as_bytes())))
}

/// Tells every administrator by e-mail. Nobody waits for the mail server.
async fn announce(state: &AppState) -> Result<(), StoreError> {
    let system = state.store.system();
    let to = system.administrators().await?;
    let organisation = system.organisation_name().await?.unwrap_or_default();
    let lang = system.organisation_languages().await?.iter().find_map(LanguageTag::lang);
    let email = recovery_used_email(lang.unwrap_or_default(), &organisation, &state.address("/staff/people/log"));
    let alerts = state.alerts.clone();
    tokio::spawn(async move {
        for address in to {
            alerts.send_now(&address, &email).await;
        }
    });
    Ok(())
}

async fn page(state: &AppState, context: &PageContext, problem: Option<RecoverProblem>) -> Result<Response, PageError> {
    let shell = context.shell(state).await?;
    Ok(context.page(move || view! { <Recover problem=problem shell=shell /> }))
}
