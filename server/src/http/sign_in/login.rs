//! `/staff/login`

use std::net::IpAddr;

use app::pages::staff::login::{Login, LoginData, LoginProblem, OpenIdWay};
use axum::{
    Extension,
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::time::MINUTE;
use leptos::view;
use serde::Deserialize;

use super::{
    browser, second_step,
    welcome::{is_ours, welcome},
};
use crate::{
    auth::{
        login_throttle::{Guesser, WITHIN},
        password,
    },
    client_address::Source,
    connections::places::Place,
    email_address,
    http::{
        forms::{fields, is_one_line},
        page::{PageContext, PageError},
        state::AppState,
    },
};
use store::{StoreError, staff::User};

/// A login form is short.
const MAX_BYTES: usize = 8 * 1024;

/// Where the reader wanted to go.
#[derive(Debug, Default, Deserialize)]
pub struct Next {
    next: Option<String>,
}

/// `GET`: the form.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Query(Next { next }): Query<Next>,
    context: PageContext,
) -> Result<Response, PageError> {
    let shell = context.shell(&state).await?;
    let next = next.filter(|next| is_ours(next));
    let data = LoginData { next, open_id: way(&state), ..LoginData::default() };
    Ok(context.page(move || view! { <Login data=data shell=shell /> }))
}

/// `POST`: in, or back to the form with a sentence that does not say which of the two was wrong. Strangers wait for
/// their turn, so that a flood of guesses stands in nobody's way; a browser that has logged in before does not.
///
/// # Errors
/// Where the form cannot be read, too many wait already, or the store cannot do it now.
pub async fn enter(
    State(state): State<AppState>,
    Source(source): Source,
    place: Option<Extension<Place>>,
    headers: HeaderMap,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let mut form = fields(body, MAX_BYTES).await?;
    let mut take = |name: &str| form.remove(name).unwrap_or_default();
    let email = take("email").trim().to_lowercase();
    let typed = take("password");
    let next = Some(take("next")).filter(|next| is_ours(next));
    if state.is_open_id_only() {
        return refused(
            &state,
            &context,
            LoginData { next, problem: Some(LoginProblem::NoPasswords), ..LoginData::default() },
        )
        .await;
    }
    let now = state.clock.now();
    let known = browser::known(&headers, state.is_https(), &state.keys.form_key, &email, now);
    let _turn = if known.is_some() {
        None
    } else {
        // Whoever waits in line gives way where connections run out.
        let waiting = place.as_ref().map(|Extension(place)| place.giving_way());
        let turn = state.logins.turn(source).await.ok_or(PageError::TooMany)?;
        drop(waiting);
        Some(turn)
    };
    let guesser = known.map_or_else(|| Guesser::Stranger(email.clone()), Guesser::Browser);
    let attempt = Attempt { email: &email, typed, guesser, source };
    let problem = match attempt.judge(&state).await? {
        Ok(user) => {
            if let Some(page) = second_step::ask(&state, &context, &user, next.as_deref()).await? {
                return Ok(page);
            }
            let mut response = welcome(&state, &user, next.as_deref().unwrap_or("/staff")).await?;
            let number = known.unwrap_or_else(|| state.rng.bytes());
            let cookie = browser::remember(number, state.is_https(), &state.keys.form_key, &email, now);
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            return Ok(response);
        }
        Err(problem) => problem,
    };
    refused(&state, &context, LoginData { email, problem: Some(problem), next, ..LoginData::default() }).await
}

/// The form once more, with why.
pub(super) async fn refused(state: &AppState, context: &PageContext, data: LoginData) -> Result<Response, PageError> {
    let status = match data.problem {
        Some(LoginProblem::Later { .. }) => StatusCode::TOO_MANY_REQUESTS,
        Some(LoginProblem::NoPasswords | LoginProblem::Stranger | LoginProblem::Disabled) => StatusCode::FORBIDDEN,
        Some(LoginProblem::Wrong | LoginProblem::Provider) | None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let data = LoginData { open_id: way(state), ..data };
    let shell = context.at("/staff/login".to_owned()).shell(state).await?;
    Ok((status, context.page(move || view! { <Login data=data shell=shell /> })).into_response())
}

/// Whether there is a provider of OpenID Connect.
fn way(state: &AppState) -> OpenIdWay {
    match &state.open_id {
        None => OpenIdWay::None,
        Some(provider) if provider.is_only() => OpenIdWay::Only,
        Some(_) => OpenIdWay::Beside,
    }
}

/// What somebody typed, and who they seem to be.
struct Attempt<'a> {
    email: &'a str,
    typed: String,
    guesser: Guesser,
    source: Option<IpAddr>,
}

impl Attempt<'_> {
    /// Who it is, where the password is theirs.
    async fn judge(self, state: &AppState) -> Result<Result<User, LoginProblem>, StoreError> {
        let Self { email, typed, guesser, source } = self;
        // Nobody has such an address or such a password; the first a database may refuse to look for.
        if email.len() > email_address::LONGEST || !is_one_line(email) || typed.len() > password::LONGEST {
            return Ok(Err(LoginProblem::Wrong));
        }
        let (store, now) = (&**state.store.system(), state.clock.now());
        if !state.logins.may_try(store, &guesser, source, now).await? {
            return Ok(Err(LoginProblem::Later { minutes: u64::try_from(WITHIN / MINUTE).unwrap_or(1) }));
        }
        let known = store.credentials(email).await?;
        let hash = known.as_ref().and_then(|known| known.password.clone());
        if let (Some(known), true) = (known, password::verify(typed, hash).await) {
            state.logins.succeeded(&guesser);
            return Ok(Ok(known.user));
        }
        state.logins.failed(store, &guesser, now).await?;
        Ok(Err(LoginProblem::Wrong))
    }
}
