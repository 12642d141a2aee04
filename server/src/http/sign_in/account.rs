//! `/staff/account`: one's own password and log-ins.

use app::{
    kit::toast::done_address,
    pages::{
        staff::account::{ACCOUNT, Account, AccountData, PasswordProblem, SessionRow},
        when::When,
    },
};
use axum::{
    Extension,
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::time::Millis;
use leptos::view;
use store::{
    kiosks::TokenHash,
    staff::{Session, User},
};

use super::{
    confirmation::{Checked, check_password, own_shell},
    session,
    welcome::welcome,
};
use crate::{
    auth::password::{self, PasswordError},
    http::{
        access::Principal,
        forms::{AfterForm, fields},
        page::{PageContext, PageError},
        state::AppState,
    },
    secrets::hash_token,
};

/// Two passwords.
const MAX_BYTES: usize = 8 * 1024;

/// `GET`: the account.
///
/// # Errors
/// [`PageError::Forbidden`] for a program, or where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Extension(caller): Extension<Principal>,
    Query(after): Query<AfterForm>,
    headers: HeaderMap,
    context: PageContext,
) -> Result<Response, PageError> {
    let user = caller.user.ok_or(PageError::Forbidden)?;
    page(&Reader { state: &state, headers: &headers, context: &context, user }, None, after.done).await
}

/// `POST`: another password. It ends every log-in but this one.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn change_password(
    State(state): State<AppState>,
    Extension(caller): Extension<Principal>,
    headers: HeaderMap,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let user = caller.user.ok_or(PageError::Forbidden)?;
    let mut typed = fields(body, MAX_BYTES).await?;
    let (current, new) = (typed.remove("current").unwrap_or_default(), typed.remove("password").unwrap_or_default());
    let problem = match try_change(&state, &user, current, new).await? {
        Ok(()) => return Ok(welcome(&state, &user, &done_address(ACCOUNT, "changed")).await?),
        Err(problem) => problem,
    };
    let reader = Reader { state: &state, headers: &headers, context: &context.at(ACCOUNT.to_owned()), user };
    let page = page(&reader, Some(problem), None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST`: ends one of one's own log-ins.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn end_session(
    State(state): State<AppState>,
    Extension(caller): Extension<Principal>,
    body: Body,
) -> Result<Response, PageError> {
    let user = caller.user.ok_or(PageError::Forbidden)?;
    let key = fields(body, MAX_BYTES).await?.remove("session").unwrap_or_default();
    let system = state.store.system();
    let own = system.sessions_of(user.id, state.clock.now()).await?;
    // Nobody else's, whatever is sent.
    if let Some((token, ..)) = own.into_iter().find(|(token, ..)| hex::encode(token) == key) {
        system.end_session(token).await?;
    }
    Ok(Redirect::to(&done_address(ACCOUNT, "ended")).into_response())
}

async fn try_change(
    state: &AppState,
    user: &User,
    current: String,
    new: String,
) -> Result<Result<(), PasswordProblem>, PageError> {
    match check_password(state, user, current).await? {
        Checked::Right => {}
        Checked::Wrong => return Ok(Err(PasswordProblem::Wrong)),
        Checked::Later => return Ok(Err(PasswordProblem::Later)),
    }
    let (store, now) = (state.store.system(), state.clock.now());
    match password::hash(new, state.rng.bytes()).await {
        Ok(hash) => store.change_password(user.id, &hash, now).await?,
        Err(PasswordError::Length) => return Ok(Err(PasswordProblem::Length)),
        Err(error) => return Err(PageError::unexpected(&error)),
    }
    Ok(Ok(()))
}

/// Who reads the page, and where.
struct Reader<'a> {
    state: &'a AppState,
    headers: &'a HeaderMap,
    context: &'a PageContext,
    user: User,
}

async fn page(
    reader: &Reader<'_>,
    problem: Option<PasswordProblem>,
    done: Option<String>,
) -> Result<Response, PageError> {
    let Reader { state, headers, context, user } = reader;
    let (system, now) = (state.store.system(), state.clock.now());
    let venues = state.store.for_staff(user.scope.clone()).venues().await?;
    let zone = venues.first().map_or("UTC", |venue| venue.time_zone.as_str());
    let when = When::new(context.lang, zone);
    let here = session::token(headers, state.is_https()).map(hash_token);
    let sessions = system.sessions_of(user.id, now).await?;
    let row = |(token, started_at, _): (TokenHash, Millis, Millis)| SessionRow {
        key: hex::encode(token),
        since: when.date_and_time(started_at),
        until: when.date_and_time(started_at + Session::IN_ALL),
        is_here: here == Some(token),
    };
    let data = AccountData {
        email: user.email.clone(),
        role: user.role.as_str(),
        sessions: sessions.into_iter().map(row).collect(),
        second_step: system.second_step(user.id).await?.map(|step| step.codes_left),
        problem,
        done,
    };
    let shell = own_shell(state, context, user).await?;
    Ok(context.page(move || view! { <Account data=data shell=shell /> }))
}
