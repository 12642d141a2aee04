//! `/staff/login/code` and `/staff/account/second-step`: the second step at the log-in.

use app::{
    kit::toast::done_address,
    pages::staff::{
        account::{ACCOUNT, SECOND_STEP},
        second_step::{LoginStep, RecoveryCodes, StepProblem, SwitchOn, SwitchOnData},
    },
};
use axum::{
    Extension,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::time::{MINUTE, Millis};
use leptos::view;
use store::{StoreError, staff::User};
use uuid::Uuid;

use super::{
    browser,
    confirmation::{Checked, check_password, own_shell},
    session,
    welcome::{is_ours, welcome},
};
use crate::{
    auth::{
        login_throttle::Guesser,
        second_step::{SECRET, address, hash_recovery_code, read, recovery_codes, step_of, written},
    },
    client_address::Source,
    http::{
        access::Principal,
        forms::fields,
        page::{PageContext, PageError},
        state::AppState,
    },
    qr,
    secrets::{hash_token, is_sealed, seal},
};

/// A code, a password, and what stands hidden.
const MAX_BYTES: usize = 8 * 1024;
/// So long a right password may wait for its second step.
const WAITS: Millis = 10 * MINUTE;
/// A user and an instant.
const BODY: usize = 16 + 8;

/// The page that asks for the second step, where this user has one; the password was right.
///
/// # Errors
/// Where the store cannot do it now.
pub(super) async fn ask(
    state: &AppState,
    context: &PageContext,
    user: &User,
    next: Option<&str>,
) -> Result<Option<Response>, PageError> {
    if state.store.system().second_step(user.id).await?.is_none() {
        return Ok(None);
    }
    let body = [&user.id.0.as_bytes()[..], &state.clock.now().to_be_bytes()].concat();
    let ticket =
        URL_SAFE_NO_PAD.encode([&body[..], &seal(&state.keys.form_key, &message(state, &body, user).await?)].concat());
    page(state, context, ticket, next.map(str::to_owned), None).await.map(Some)
}

/// `POST /staff/login/code`: in, where the code opens.
///
/// # Errors
/// Where the form cannot be read, too many wait already, or the store cannot do it now.
pub async fn enter(
    State(state): State<AppState>,
    Source(source): Source,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let mut typed = fields(body, MAX_BYTES).await?;
    let (ticket, code) = (typed.remove("ticket").unwrap_or_default(), typed.remove("code").unwrap_or_default());
    let next = typed.remove("next").filter(|next| is_ours(next));
    let _turn = state.logins.turn(source).await.ok_or(PageError::TooMany)?;
    let Some(user) = whose(&state, &ticket).await? else {
        return Ok(Redirect::to("/staff/login").into_response());
    };
    let (store, now) = (&**state.store.system(), state.clock.now());
    // Only whoever knows the password comes here, so that nobody else can use these attempts up.
    let guesser = Guesser::Stranger(format!("CODE {}", user.id));
    let problem = if !state.logins.may_try(store, &guesser, source, now).await? {
        StepProblem::Later
    } else if opens(&state, &user, &code).await? {
        state.logins.succeeded(&guesser);
        let mut response = welcome(&state, &user, next.as_deref().unwrap_or("/staff")).await?;
        let (https, key) = (state.is_https(), &state.keys.form_key);
        if let Some(cookie) = browser::remember(state.rng.bytes(), https, key, &user.email, now) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        return Ok(response);
    } else {
        state.logins.failed(store, &guesser, now).await?;
        StepProblem::Wrong
    };
    let page = page(&state, &context.at("/staff/login".to_owned()), ticket, next, Some(problem)).await?;
    let status =
        if problem == StepProblem::Later { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page).into_response())
}

/// Whether a code of the app or a recovery code opens; it is used up by that.
async fn opens(state: &AppState, user: &User, code: &str) -> Result<bool, StoreError> {
    let (store, now) = (state.store.system(), state.clock.now());
    let Some(kept) = store.second_step(user.id).await? else { return Ok(false) };
    match step_of(&kept.secret, code, now) {
        Some(step) => store.use_step(user.id, step).await,
        None => store.use_recovery_code(user.id, hash_recovery_code(code), now).await,
    }
}

/// Whose password was right a moment ago, and still is.
async fn whose(state: &AppState, ticket: &str) -> Result<Option<User>, StoreError> {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(ticket) else { return Ok(None) };
    let Some((body, given)) = bytes.split_at_checked(BODY) else { return Ok(None) };
    let (id, at) = body.split_at(16);
    let (Ok(id), Ok(at)) = (Uuid::from_slice(id), at.try_into().map(Millis::from_be_bytes)) else { return Ok(None) };
    let Some(user) = state.store.system().user(id.into()).await? else { return Ok(None) };
    let is_current = (0..=WAITS).contains(&state.clock.now().saturating_sub(at));
    let is_right = is_current && is_sealed(&state.keys.form_key, &message(state, body, &user).await?, given);
    Ok(is_right.then_some(user))
}

/// What is sealed: with another password it is another ticket.
async fn message(state: &AppState, body: &[u8], user: &User) -> Result<Vec<u8>, StoreError> {
    let password = state.store.system().credentials(&user.email).await?.and_then(|known| known.password);
    Ok([b"second step of ", body, password.unwrap_or_default().as_bytes()].concat())
}

async fn page(
    state: &AppState,
    context: &PageContext,
    ticket: String,
    next: Option<String>,
    problem: Option<StepProblem>,
) -> Result<Response, PageError> {
    let shell = context.shell(state).await?;
    Ok(context.page(move || view! { <LoginStep ticket=ticket next=next problem=problem shell=shell /> }))
}

/// `GET /staff/account/second-step`: a fresh secret to scan. Nothing is kept yet.
///
/// # Errors
/// [`PageError::Forbidden`] for a program, or where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Extension(caller): Extension<Principal>,
    context: PageContext,
) -> Result<Response, PageError> {
    let user = caller.user.ok_or(PageError::Forbidden)?;
    switch_page(&state, &context, &user, &state.rng.bytes::<SECRET>(), None).await
}

/// `POST`: on, where the app shows the right code and the password is right; and the recovery codes, once. Log-ins elsewhere end.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn switch_on(
    State(state): State<AppState>,
    Extension(caller): Extension<Principal>,
    headers: HeaderMap,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let user = caller.user.ok_or(PageError::Forbidden)?;
    let mut typed = fields(body, MAX_BYTES).await?;
    let mut take = |name: &str| typed.remove(name).unwrap_or_default();
    let secret = read(&take("key")).unwrap_or_else(|| state.rng.bytes::<SECRET>().to_vec());
    let step = step_of(&secret, &take("code"), state.clock.now());
    let checked = check_password(&state, &user, take("current")).await?;
    let (Some(step), Checked::Right) = (step, checked) else {
        let page = switch_page(&state, &context, &user, &secret, Some((step.is_some(), checked))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let codes = recovery_codes(&state.rng);
    let hashes: Vec<_> = codes.iter().map(|code| hash_recovery_code(code)).collect();
    let here = session::token(&headers, state.is_https()).map(hash_token);
    state.store.system().switch_on(user.id, &secret, step, &hashes, here, state.clock.now()).await?;
    let context = context.at(ACCOUNT.to_owned());
    let shell = own_shell(&state, &context, &user).await?;
    Ok(context.page(move || view! { <RecoveryCodes codes=codes shell=shell /> }))
}

/// `POST /staff/account/second-step/off`: off, where the password is right.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn switch_off(
    State(state): State<AppState>,
    Extension(caller): Extension<Principal>,
    body: Body,
) -> Result<Response, PageError> {
    let user = caller.user.ok_or(PageError::Forbidden)?;
    let current = fields(body, MAX_BYTES).await?.remove("current").unwrap_or_default();
    let done = match check_password(&state, &user, current).await? {
        Checked::Right => {
            state.store.system().switch_off(user.id, state.clock.now()).await?;
            "step-off"
        }
        Checked::Wrong => "wrong",
        Checked::Later => "later",
    };
    Ok(Redirect::to(&done_address(ACCOUNT, done)).into_response())
}

async fn switch_page(
    state: &AppState,
    context: &PageContext,
    user: &User,
    secret: &[u8],
    tried: Option<(bool, Checked)>,
) -> Result<Response, PageError> {
    let data = SwitchOnData {
        qr: qr::modules(&address(secret, &user.email)).ok(),
        key: written(secret),
        code_is_wrong: tried.is_some_and(|(code_is_right, _)| !code_is_right),
        password_is_wrong: tried.is_some_and(|(_, checked)| checked == Checked::Wrong),
        too_often: tried.is_some_and(|(_, checked)| checked == Checked::Later),
    };
    let context = context.at(SECOND_STEP.to_owned());
    let shell = own_shell(state, &context, user).await?;
    Ok(context.page(move || view! { <SwitchOn data=data shell=shell /> }))
}
