//! The guard before every handler: finds out who is calling, refuses what comes from another site, and
//! lets nobody through whom the route table does not name.

use std::time::Duration;

use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use app::server_functions::form_error::FormError;
use url::Url;

use super::{
    access::{Access, Principal, bearer},
    body::Unread,
    body_room::{BodyPermit, Refused},
    island::{self, is_island},
    origin,
    page::PageError,
    problem::Problem,
    problem_kind::ProblemKind,
    request_log::record_caller,
    sign_in::session,
};
use crate::{
    connections::places::Place,
    http::state::AppState,
    secrets::{hash_token, is_sealed},
};
use store::{Scope, StoreError, audit::Actor, error_log::log_error, kiosks::Pairing, staff::Role};

/// A refusal, before it is known whether a person or a program reads it.
#[derive(Debug)]
enum Refusal {
    NotThere,
    CrossSite,
    Anonymous,
    Forbidden,
    TooMany(Duration),
    TooLong(usize),
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoRoom(wait) => Self::TooMany(wait),
            Refused::TooLong(most) => Self::TooLong(most),
        }
    }
}

/// Whether something can be read at the address of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasPage(
    /// by `GET`
    pub bool,
);

/// Lets through whom the route names, with who they are as an extension, and refuses the rest.
pub async fn guard(
    State(state): State<AppState>,
    Extension(access): Extension<Access>,
    mut request: Request,
    next: Next,
) -> Response {
    match admit(&state, access, &mut request).await {
        Ok(_room) => {
            record_caller(access, request.extensions().get::<Principal>().map(|principal| principal.role));
            next.run(request).await
        }
        Err(refusal) => refuse(refusal, access, &request),
    }
}

/// Finds out who is calling, and waits until there is room for what they send.
async fn admit(state: &AppState, access: Access, request: &mut Request) -> Result<Option<BodyPermit>, Refusal> {
    if !origin::may_write(access, request.method(), request.headers(), &state.public_url) {
        return Err(Refusal::CrossSite);
    }
    match access {
        Access::Public | Access::PublicForm | Access::Tablet => {}
        Access::Kiosk => {
            let token = bearer(request.headers()).ok_or(Refusal::Anonymous)?;
            let pairing = state.cache.pairing_by_token(hash_token(token)).await?.ok_or(Refusal::Anonymous)?;
            state.kiosk_limits.count(pairing.id, state.clock.now()).map_err(Refusal::TooMany)?;
            if let Some(place) = request.extensions().get::<Place>() {
                place.keep();
            }
            request.extensions_mut().insert::<Pairing>((*pairing).clone());
        }
        Access::Metrics => {
            let sealed = state.metrics_token.ok_or(Refusal::NotThere)?;
            let given = bearer(request.headers()).unwrap_or_default();
            if !is_sealed(&state.keys.form_key, given.as_bytes(), &sealed) {
                return Err(Refusal::Anonymous);
            }
        }
        Access::Staff(least) | Access::Upload(least) => {
            let principal = logged_in(state, request.headers()).await?.ok_or(Refusal::Anonymous)?;
            allow(principal, least, request)?;
        }
        Access::Api(least) => {
            let principal = match bearer(request.headers()) {
                Some(token) => state.cache.token_role(hash_token(token)).await?.map(|role| Principal {
                    role,
                    scope: Scope::All,
                    user: None,
                    actor: Actor::Token(String::new()),
                }),
                None => logged_in(state, request.headers()).await?,
            };
            allow(principal.ok_or(Refusal::Anonymous)?, least, request)?;
        }
    }
    let permit = state.body_room.enter(access, request.headers(), request.extensions()).await?;
    if let Some(permit) = &permit {
        let body = std::mem::take(request.body_mut());
        *request.body_mut() = permit.hold(body);
    }
    Ok(permit)
}

fn allow(principal: Principal, least: Role, request: &mut Request) -> Result<(), Refusal> {
    if principal.role < least {
        return Err(Refusal::Forbidden);
    }
    request.extensions_mut().insert(principal);
    Ok(())
}

async fn logged_in(state: &AppState, headers: &HeaderMap) -> Result<Option<Principal>, StoreError> {
    let Some(token) = session::token(headers, state.is_https()) else { return Ok(None) };
    let (token, now) = (hash_token(token), state.clock.now());
    let Some(session) = state.store.system().session(token, now).await? else { return Ok(None) };
    if let Some(until) = session.lasts(now) {
        // Who is logged in stays it until then all the same.
        if let Err(error) = state.store.system().keep_session(token, now, until).await {
            log_error(&error);
        }
    }
    let user = session.user;
    let actor = Actor::User(user.id);
    Ok(Some(Principal { role: user.role, scope: user.scope.clone(), user: Some(user), actor }))
}

fn refuse(refusal: Refusal, access: Access, request: &Request) -> Response {
    if access.is_page() { show(refusal, request) } else { tell(refusal) }
}

/// A refusal for a person.
fn show(refusal: Refusal, request: &Request) -> Response {
    match refusal {
        // Who is not logged in is sent to the login, and comes back to the page afterwards.
        Refusal::Anonymous if [Method::GET, Method::HEAD].contains(request.method()) => {
            to_login(Some(request.uri().path_and_query().map_or("/staff", |wanted| wanted.as_str()).to_owned()))
        }
        // The form stays where it is, with all that was typed.
        Refusal::Anonymous if is_island(request.headers()) => {
            island::refusal(StatusCode::UNAUTHORIZED, &FormError::LoggedOut)
        }
        // What was sent is not sent again after the login, which leads back to the form.
        Refusal::Anonymous => to_login(page_of_form(request)),
        Refusal::NotThere => PageError::NotFound.into_response(),
        Refusal::Forbidden => PageError::Forbidden.into_response(),
        Refusal::CrossSite => PageError::CrossSite.into_response(),
        Refusal::TooMany(_) => PageError::TooMany.into_response(),
        Refusal::TooLong(_) => PageError::TooLarge.into_response(),
        Refusal::Store(error) => PageError::from(error).into_response(),
    }
}

fn to_login(next: Option<String>) -> Response {
    let Some(next) = next else { return Redirect::to("/staff/login").into_response() };
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    Redirect::to(&format!("/staff/login?next={next}")).into_response()
}

/// Where the form stands that was sent, as far as the browser says it. A page that came back with what was wrong may
/// have an address that only takes forms.
fn page_of_form(request: &Request) -> Option<String> {
    let before = Url::parse(request.headers().get(header::REFERER)?.to_str().ok()?).ok()?;
    let HasPage(has_page) = request.extensions().get::<HasPage>().copied()?;
    let is_page = has_page || before.path() != request.uri().path();
    (is_page && before.path().starts_with("/staff")).then(|| before.path().to_owned())
}

/// A refusal for a program.
fn tell(refusal: Refusal) -> Response {
    match refusal {
        Refusal::NotThere => Problem::not_found().into_response(),
        Refusal::Anonymous => {
            let detail = "a valid bearer token is needed";
            let problem = Problem::new(ProblemKind::Unauthorised, detail);
            ([(header::WWW_AUTHENTICATE, "Bearer")], problem).into_response()
        }
        Refusal::Forbidden => {
            let detail = "your role does not allow this";
            Problem::new(ProblemKind::Forbidden, detail).into_response()
        }
        Refusal::TooMany(wait) => {
            let detail = "too much is asked at once; what a tablet keeps is welcome later";
            let problem = Problem::new(ProblemKind::TooManyRequests, detail);
            let seconds = wait.as_secs().saturating_add(1);
            ([(header::RETRY_AFTER, seconds.to_string())], problem).into_response()
        }
        Refusal::TooLong(most) => Unread::TooLarge.problem(most).into_response(),
        Refusal::CrossSite => {
            let detail = "this can only be sent from a page of this server";
            Problem::new(ProblemKind::CrossSite, detail).into_response()
        }
        Refusal::Store(error) => Problem::from(error).into_response(),
    }
}
