//! `/staff/login/openid`: to the provider of OpenID Connect, and back. What belongs to one log-in (state, nonce, verifier) is
//! kept sealed in a cookie of that browser, so that nobody brings it back in another.

use app::pages::staff::login::{LoginData, LoginProblem};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use store::open_id::Admitted;

use super::{
    login::refused,
    second_step,
    welcome::{is_ours, welcome},
};
use crate::{
    auth::open_id::provider::{Attempt, OpenIdError, WAITS},
    client_address::Source,
    http::{
        cookies::cookie,
        page::{PageContext, PageError},
        state::AppState,
    },
    secrets::{is_sealed, seal},
};

/// Where the reader wanted to go.
#[derive(Debug, Deserialize)]
pub struct Begin {
    next: Option<String>,
}

/// What the provider sends back.
#[derive(Debug, Deserialize)]
pub struct Back {
    code: Option<String>,
    state: Option<String>,
}

/// `GET`: to the provider.
///
/// # Errors
/// [`PageError::NotFound`] where there is none, or the store cannot do it now.
pub async fn begin(
    State(state): State<AppState>,
    Query(Begin { next }): Query<Begin>,
    Source(source): Source,
    context: PageContext,
) -> Result<Response, PageError> {
    let provider = state.open_id.as_ref().ok_or(PageError::NotFound)?;
    let _turn = state.logins.turn(source).await.ok_or(PageError::TooMany)?;
    let next = next.filter(|next| is_ours(next));
    match provider.begin(&state.rng, next.clone()).await {
        Ok((address, attempt)) => {
            let mut response = Redirect::to(address.as_str()).into_response();
            if let Some(cookie) = keep(&state, &attempt) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        Err(error) => failed(&state, &context, next, error).await,
    }
}

/// `GET`: back from the provider, and in.
///
/// # Errors
/// As [`begin`], or where too many wait already.
pub async fn back(
    State(state): State<AppState>,
    Query(Back { code, state: given }): Query<Back>,
    Source(source): Source,
    headers: HeaderMap,
    context: PageContext,
) -> Result<Response, PageError> {
    let provider = state.open_id.as_ref().ok_or(PageError::NotFound)?;
    let _turn = state.logins.turn(source).await.ok_or(PageError::TooMany)?;
    let attempt = kept(&state, &headers).filter(|attempt| Some(&attempt.state) == given.as_ref());
    let (Some(attempt), Some(code)) = (attempt, code) else {
        let data = LoginData { problem: Some(LoginProblem::Provider), ..LoginData::default() };
        return refused(&state, &context, data).await;
    };
    let known = match provider.finish(code, &attempt).await {
        Ok(known) => known,
        Err(error) => return failed(&state, &context, attempt.next, error).await,
    };
    let now = state.clock.now();
    let id = state.rng.uuid(now).into();
    let problem = match state.store.system().admit(&known.email, known.role, id, now).await? {
        Admitted::User(user) => {
            // Whoever has a second step here takes it, whatever the provider asks.
            let next = attempt.next.as_deref();
            let here = context.at("/staff/login".to_owned());
            let mut response = match second_step::ask(&state, &here, &user, next).await? {
                Some(page) => page,
                None => welcome(&state, &user, next.unwrap_or("/staff")).await?,
            };
            if let Some(cookie) = set(&state, "", 0) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            return Ok(response);
        }
        Admitted::Disabled => LoginProblem::Disabled,
        Admitted::Unknown => LoginProblem::Stranger,
    };
    refused(&state, &context, LoginData { problem: Some(problem), next: attempt.next, ..LoginData::default() }).await
}

async fn failed(
    state: &AppState,
    context: &PageContext,
    next: Option<String>,
    error: OpenIdError,
) -> Result<Response, PageError> {
    tracing::warn!(%error, "nobody was logged in by OpenID Connect");
    let problem = match error {
        OpenIdError::NoRole | OpenIdError::NoEmail => LoginProblem::Stranger,
        OpenIdError::Provider(_) | OpenIdError::NotBelieved(_) => LoginProblem::Provider,
    };
    refused(state, context, LoginData { problem: Some(problem), next, ..LoginData::default() }).await
}

/// The log-in that this browser has begun.
fn kept(state: &AppState, headers: &HeaderMap) -> Option<Attempt> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie(headers, name(state.is_https()))?).ok()?;
    let (given, body) = bytes.split_at_checked(16)?;
    let attempt: Attempt =
        is_sealed(&state.keys.form_key, &message(body), given).then(|| serde_json::from_slice(body).ok())??;
    let now = state.clock.now();
    (attempt.until - WAITS..=attempt.until).contains(&now).then_some(attempt)
}

fn keep(state: &AppState, attempt: &Attempt) -> Option<HeaderValue> {
    let body = serde_json::to_vec(attempt).ok()?;
    let sealed = [&seal(&state.keys.form_key, &message(&body))[..], &body].concat();
    set(state, &URL_SAFE_NO_PAD.encode(sealed), WAITS / 1_000)
}

fn set(state: &AppState, value: &str, max_age: i64) -> Option<HeaderValue> {
    let (name, secure) = (name(state.is_https()), if state.is_https() { "; Secure" } else { "" });
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}")).ok()
}

const fn name(https: bool) -> &'static str {
    if https { "__Host-aplodi-openid" } else { "aplodi-openid" }
}

fn message(body: &[u8]) -> Vec<u8> {
    [b"log-in by OpenID Connect ", body].concat()
}
