//! `/staff/set-up/{token}`: behind a one-time link, the first start, or a password for somebody new.

use std::collections::BTreeMap;

use app::pages::staff::setup::{FirstStart, Setup, SetupData, SetupField, SetupKind, SetupProblem};
use axum::{
    body::Body,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{event::Venue, id::VenueId, lang::LanguageTag, name::check_name};
use leptos::view;

use super::{second_step, welcome::welcome};
use crate::{
    auth::password::{self, PasswordError},
    codes::is_code,
    email_address::is_email_address,
    http::{
        forms::fields,
        page::{PageContext, PageError},
        state::AppState,
    },
    local_time::is_zone,
    secrets::hash_token,
    standard_survey,
};
use store::{
    Scope, StoreError,
    staff::{FirstSetup, Role, SetupLink, SetupOutcome, User},
};

/// The form is short.
const MAX_BYTES: usize = 16 * 1024;

type Problems = BTreeMap<SetupField, SetupProblem>;

/// `GET`: what to fill in.
///
/// # Errors
/// [`PageError::Gone`] where the link was used or is too old.
pub async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    context: PageContext,
) -> Result<Response, PageError> {
    let link = open(&state, &token).await?;
    let kind = match person(&state, &link).await? {
        Some(user) => SetupKind::Password { email: user.email },
        None => SetupKind::FirstStart(FirstStart::default()),
    };
    form(&state, &context, kind, Problems::new()).await
}

/// `POST`: done, and logged in.
///
/// # Errors
/// [`PageError::Gone`] where the link was used or is too old, or the store cannot do it now.
pub async fn take(
    State(state): State<AppState>,
    Path(token): Path<String>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let link = open(&state, &token).await?;
    let mut form_fields = fields(body, MAX_BYTES).await?;
    let mut field = |name: &str| form_fields.remove(name).unwrap_or_default().trim().to_owned();
    let typed = FirstStart {
        organisation: field("organisation"),
        venue: field("venue"),
        code: field("code").to_uppercase(),
        time_zone: field("time_zone"),
        email: field("email").to_lowercase(),
    };
    let password = form_fields.remove("password").unwrap_or_default();
    let person = person(&state, &link).await?;
    let mut problems = if person.is_none() { check(&state, &typed).await? } else { Problems::new() };
    let password = match password::hash(password, state.rng.bytes()).await {
        Ok(hash) => hash,
        Err(PasswordError::Length) => {
            problems.insert(SetupField::Password, SetupProblem::PasswordTooShort);
            String::new()
        }
        Err(error) => return Err(PageError::unexpected(&error)),
    };
    if problems.is_empty() {
        let now = state.clock.now();
        // Whoever is first uses the link up; a second click finds it gone.
        let (user, outcome) = if let Some(user) = &person {
            let is_set = state.store.system().choose_password(link.token, user.id, &password, now).await?;
            (user.clone(), if is_set { SetupOutcome::Done } else { SetupOutcome::LinkGone })
        } else {
            let languages = state.store.system().organisation_languages().await?;
            let setup = first_setup(&state, &link, &typed, password, languages);
            let outcome = state.store.system().set_up(&setup, now).await?;
            (setup.user, outcome)
        };
        match outcome {
            // A link opens one of two steps.
            SetupOutcome::Done => {
                let login = second_step::ask(&state, &context.at("/staff/login".to_owned()), &user, None).await?;
                return match login {
                    Some(page) => Ok(page),
                    None => Ok(welcome(&state, &user, "/staff").await?),
                };
            }
            SetupOutcome::LinkGone => return Err(PageError::Gone),
            SetupOutcome::EmailTaken => problems.insert(SetupField::Email, SetupProblem::EmailTaken),
            SetupOutcome::CodeTaken => problems.insert(SetupField::Code, SetupProblem::CodeTaken),
        };
    }
    let kind = match person {
        Some(user) => SetupKind::Password { email: user.email },
        None => SetupKind::FirstStart(typed),
    };
    let page = form(&state, &context, kind, problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn open(state: &AppState, token: &str) -> Result<SetupLink, PageError> {
    state.store.system().setup_link(hash_token(token), state.clock.now()).await?.ok_or(PageError::Gone)
}

async fn person(state: &AppState, link: &SetupLink) -> Result<Option<User>, PageError> {
    match link.user {
        Some(id) => state.store.system().user(id).await?.map(Some).ok_or(PageError::Gone),
        None => Ok(None),
    }
}

async fn form(
    state: &AppState,
    context: &PageContext,
    kind: SetupKind,
    problems: Problems,
) -> Result<Response, PageError> {
    let shell = context.shell(state).await?;
    let data = SetupData { action: context.path.clone(), kind, problems };
    Ok(context.page(move || view! { <Setup data=data shell=shell /> }))
}

async fn check(state: &AppState, typed: &FirstStart) -> Result<Problems, StoreError> {
    let mut problems = Problems::new();
    for (field, name) in [(SetupField::Organisation, &typed.organisation), (SetupField::Venue, &typed.venue)] {
        if let Err(problem) = check_name(name) {
            problems.insert(field, SetupProblem::Name(problem));
        }
    }
    if !is_code(&typed.code) {
        problems.insert(SetupField::Code, SetupProblem::BadCode);
    } else if state.store.system().coded(&typed.code).await?.is_some() {
        problems.insert(SetupField::Code, SetupProblem::CodeTaken);
    }
    if !is_zone(&typed.time_zone) {
        problems.insert(SetupField::TimeZone, SetupProblem::UnknownZone);
    }
    if !is_email_address(&typed.email) {
        problems.insert(SetupField::Email, SetupProblem::NotAnEmail);
    } else if state.store.system().credentials(&typed.email).await?.is_some() {
        problems.insert(SetupField::Email, SetupProblem::EmailTaken);
    }
    Ok(problems)
}

/// The organisation: its name, its first venue with the standard survey, its first user.
fn first_setup(
    state: &AppState,
    link: &SetupLink,
    typed: &FirstStart,
    password: String,
    languages: Vec<LanguageTag>,
) -> FirstSetup {
    let now = state.clock.now();
    let version = standard_survey::version(&state.rng, now);
    FirstSetup {
        link: link.token,
        organisation: typed.organisation.clone(),
        survey: state.rng.uuid(now).into(),
        survey_name: standard_survey::name(),
        venue: Venue {
            id: VenueId(state.rng.uuid(now)),
            code: typed.code.clone(),
            name: typed.venue.clone(),
            time_zone: typed.time_zone.clone(),
            languages,
            survey_version: version.version,
        },
        version,
        user: User { id: state.rng.uuid(now).into(), email: typed.email.clone(), role: Role::Admin, scope: Scope::All },
        password,
    }
}
