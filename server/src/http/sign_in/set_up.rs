//! `/staff/set-up/{token}`: behind a one-time link, the first start, or a password for somebody new.

use std::collections::BTreeMap;

use app::pages::{
    staff::{
        recovery::{RECOVER, RecoverySheet, SheetData},
        setup::{FirstStart, Setup, SetupData, SetupField, SetupKind, SetupProblem},
    },
    when::When,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{event::Venue, id::VenueId, lang::LanguageTag, name::check_name};
use leptos::view;

use super::{
    confirmation::own_shell,
    second_step,
    welcome::{welcome, welcome_with},
};
use crate::{
    auth::{
        password::{self, PasswordError},
        printed_code::{hash_printed_code, new_printed_code},
    },
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
    recovery::Recovered,
    staff::{FirstSetup, Purpose, Role, SetupLink, SetupOutcome, User},
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
    let kind = kind(&link, person(&state, &link).await?, FirstStart::default());
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
    let mut problems = match (&person, link.purpose) {
        (Some(_), _) => Problems::new(),
        (None, Purpose::Recovery) => check_email(&typed.email),
        (None, _) => check(&state, &typed).await?,
    };
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
        let system = state.store.system();
        let code = new_printed_code(&state.rng);
        let (user, outcome, code) = if let Some(user) = &person {
            let is_set = system.choose_password(link.token, user.id, &password, now).await?;
            (user.clone(), if is_set { SetupOutcome::Done } else { SetupOutcome::LinkGone }, None)
        } else if link.purpose == Purpose::Recovery {
            let recovered = recovered(&state, &link, typed.email.clone(), password, &code).await?;
            let shown = recovered.code.map(|_| code);
            let user = system.recover(&recovered, now).await?.ok_or(PageError::Gone)?;
            (user, SetupOutcome::Done, shown)
        } else {
            let languages = system.organisation_languages().await?;
            let setup = first_setup(&state, &link, &typed, password, languages, &code);
            let outcome = system.set_up(&setup, now).await?;
            (setup.user, outcome, Some(code))
        };
        match outcome {
            SetupOutcome::Done => return begin(&state, &context, &user, code).await,
            SetupOutcome::LinkGone => return Err(PageError::Gone),
            SetupOutcome::EmailTaken => problems.insert(SetupField::Email, SetupProblem::EmailTaken),
            SetupOutcome::CodeTaken => problems.insert(SetupField::Code, SetupProblem::CodeTaken),
        };
    }
    let kind = kind(&link, person, typed);
    let page = form(&state, &context, kind, problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What is asked.
fn kind(link: &SetupLink, person: Option<User>, typed: FirstStart) -> SetupKind {
    match person {
        Some(user) => SetupKind::Password { email: user.email },
        None if link.purpose == Purpose::Recovery => SetupKind::Recovery { email: typed.email },
        None => SetupKind::FirstStart(typed),
    }
}

/// In, with a fresh recovery code on a sheet first. A link opens one of two steps.
async fn begin(
    state: &AppState,
    context: &PageContext,
    user: &User,
    code: Option<String>,
) -> Result<Response, PageError> {
    if let Some(page) = second_step::ask(state, &context.at("/staff/login".to_owned()), user, None).await? {
        return Ok(page);
    }
    let Some(code) = code else {
        // A password that somebody chooses opens nothing where nobody logs in with one.
        if state.is_open_id_only() {
            return Ok(Redirect::to("/staff/login").into_response());
        }
        return Ok(welcome(state, user, "/staff").await?);
    };
    let shell = own_shell(state, &context.at("/staff".to_owned()), user).await?;
    let venues = state.store.for_staff(user.scope.clone()).venues().await?;
    let zone = venues.first().map_or("UTC", |venue| venue.time_zone.as_str());
    let made = When::new(context.lang, zone).date_and_year(state.clock.now());
    let data = SheetData { code, address: state.address(RECOVER), made, next: "/staff" };
    let sheet = context.page(move || view! { <RecoverySheet data=data shell=shell /> });
    Ok(welcome_with(state, user, sheet).await?)
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
    problems.append(&mut check_email(&typed.email));
    if problems.contains_key(&SetupField::Email) {
        return Ok(problems);
    }
    if state.store.system().credentials(&typed.email).await?.is_some() {
        problems.insert(SetupField::Email, SetupProblem::EmailTaken);
    }
    Ok(problems)
}

fn check_email(email: &str) -> Problems {
    let problem = (!is_email_address(email)).then_some((SetupField::Email, SetupProblem::NotAnEmail));
    problem.into_iter().collect()
}

/// Whoever has typed the printed code. There is no new one where they cannot see it yet, because their account has a second
/// step.
async fn recovered(
    state: &AppState,
    link: &SetupLink,
    email: String,
    password: String,
    code: &str,
) -> Result<Recovered, StoreError> {
    let system = state.store.system();
    let has_second_step = match system.credentials(&email).await? {
        Some(known) => system.second_step(known.user.id).await?.is_some(),
        None => false,
    };
    let user = User { id: state.rng.uuid(state.clock.now()).into(), email, role: Role::Admin, scope: Scope::All };
    let code = (!has_second_step).then(|| hash_printed_code(code));
    Ok(Recovered { link: link.token, user, password, code })
}

/// The organisation: its name, its first venue with the standard survey, its first user.
fn first_setup(
    state: &AppState,
    link: &SetupLink,
    typed: &FirstStart,
    password: String,
    languages: Vec<LanguageTag>,
    code: &str,
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
        recovery_code: hash_printed_code(code),
    }
}
