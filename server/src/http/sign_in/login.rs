//! `/staff/login`

use app::pages::staff::login::{Login, LoginData, LoginProblem};
use axum::{
    body::Body,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::view;
use serde::Deserialize;

use super::session;
use crate::{
    auth::{password, throttle},
    email_address,
    http::{
        forms::{fields, is_one_line},
        page::{PageContext, PageError},
        state::AppState,
    },
    secrets::{hash_token, new_token},
};
use store::{StoreError, staff::User};

/// A login form is short.
const MAX_BYTES: usize = 16 * 1024;

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
    let data = LoginData { next: next.filter(|next| is_ours(next)), ..LoginData::default() };
    Ok(context.page(move || view! { <Login data=data shell=shell /> }))
}

/// `POST`: in, or back to the form with a sentence that does not say which of the two was wrong.
///
/// # Errors
/// Where the form cannot be read or the store cannot do it now.
pub async fn enter(State(state): State<AppState>, context: PageContext, body: Body) -> Result<Response, PageError> {
    let mut form = fields(body, MAX_BYTES).await?;
    let mut take = |name: &str| form.remove(name).unwrap_or_default();
    let email = take("email").trim().to_lowercase();
    let typed = take("password");
    let next = Some(take("next")).filter(|next| is_ours(next));
    let now = state.clock.now();
    let problem = if email.len() > email_address::LONGEST || !is_one_line(&email) {
        // Nobody has such an address, and a database may refuse to look for it.
        LoginProblem::Wrong
    } else if throttle::may_try(&**state.store.system(), &email, now).await? {
        let known = state.store.system().credentials(&email).await?;
        let hash = known.as_ref().and_then(|known| known.password.clone());
        if let (Some(known), true) = (known, password::verify(typed, hash).await) {
            throttle::succeeded(&**state.store.system(), &email).await?;
            return Ok(welcome(&state, &known.user, next.as_deref().unwrap_or("/staff")).await?);
        }
        LoginProblem::Wrong
    } else {
        LoginProblem::Later { minutes: u64::try_from(throttle::WITHIN / 60_000).unwrap_or(1) }
    };
    let status = match problem {
        LoginProblem::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
        LoginProblem::Later { .. } => StatusCode::TOO_MANY_REQUESTS,
    };
    let shell = context.shell(&state).await?;
    let data = LoginData { email, problem: Some(problem), next };
    Ok((status, context.page(move || view! { <Login data=data shell=shell /> })).into_response())
}

/// Begins a session and goes on.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn welcome(state: &AppState, user: &User, next: &str) -> Result<Response, StoreError> {
    let now = state.clock.now();
    let token = new_token(&state.rng);
    state.store.system().add_session(hash_token(&token), user.id, now, now + session::LASTS).await?;
    let mut response = Redirect::to(next).into_response();
    if let Some(cookie) = session::begin(&token, state.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whether a path is one of ours: nobody may be sent elsewhere from here.
fn is_ours(next: &str) -> bool {
    (next == "/staff" || next.starts_with("/staff/") || next.starts_with("/staff?"))
        && !next.contains(['\\', '\r', '\n'])
        && next.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for ours in ["/staff", "/staff/events?scores=all", "/staff?lang=sv"] {
            assert!(is_ours(ours), "{ours}");
        }
        for foreign in ["", "//evil.example", "https://evil.example", "/staffx", "/staff/\\evil", "/\t/evil", "/kiosk"]
        {
            assert!(!is_ours(foreign), "{foreign}");
        }
    }
}
