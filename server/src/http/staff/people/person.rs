//! `/staff/people/{id}`: what somebody may do and see, and whether they may come in.

use app::{
    emails::step_off::step_off_email,
    kit::toast::{SAVED, done_address},
    pages::staff::people::{
        PEOPLE,
        person::{PersonData, PersonPage, PersonProblem},
        person_address,
        remove::RemovePerson,
    },
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::id::UserId;
use leptos::view;
use store::{
    audit::{Entry, Kind, Verb},
    people::{Decided, Person},
    staff::User,
};

use super::{MAX_BYTES, new_link, rights::Rights, shown::Shown, shown_once};
use crate::http::{
    forms::{AfterForm, fields, pairs},
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// `GET`: somebody.
///
/// # Errors
/// [`PageError::NotFound`] where there is nobody, [`PageError::Forbidden`] for an administrator who sees a part only.
pub async fn show(
    staff: StaffContext,
    Path(id): Path<UserId>,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    let rights = Rights::of(&person.user);
    page(&staff, &context, Shows { person, rights, problem: None, done: after.done }).await
}

/// `POST`: may do or see something else.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn change(
    staff: StaffContext,
    Path(id): Path<UserId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    let rights = Rights::posted(&pairs(body, MAX_BYTES).await?);
    let problem = match rights.scope() {
        None => None,
        Some(scope) => {
            let user = User { role: rights.role, scope, ..person.user.clone() };
            match staff.store.change_person(&user).await? {
                Decided::Done => return Ok(done(id, SAVED)),
                decided => Some(problem_of(decided)?),
            }
        }
    };
    refused(&staff, &context, Shows { person, rights, problem, done: None }).await
}

/// `POST`: a new link. It is on the page that answers, and nowhere else.
///
/// # Errors
/// As [`show`].
pub async fn link(staff: StaffContext, Path(id): Path<UserId>, context: PageContext) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    let (token, link) = new_link(&staff, id);
    match staff.store.invite_again(&link).await? {
        Decided::Done => shown_once(&staff, &context, &person.user.email, &token, &link).await,
        Decided::NotThere | Decided::EmailTaken | Decided::LastAdmin => Err(PageError::NotFound),
    }
}

/// `POST`: a link for a new password goes to their own address, and to nobody else.
///
/// # Errors
/// As [`show`], or where there is nobody with a password, or no e-mail can be sent.
pub async fn reset(staff: StaffContext, Path(id): Path<UserId>, context: PageContext) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    if !may_reset(&staff, &person) {
        return Err(PageError::NotFound);
    }
    staff.send_reset(&person.user, context.lang).await?;
    staff.store.record(Entry::did(Verb::Invited, Kind::User, id).named(person.user.email)).await?;
    Ok(done(id, "reset"))
}

/// `POST`: no second step at the log-in any more. They are told, and it is written down.
///
/// # Errors
/// As [`show`].
pub async fn remove_second_step(
    staff: StaffContext,
    Path(id): Path<UserId>,
    context: PageContext,
) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    match staff.store.remove_second_step(id).await? {
        Decided::Done => {
            let organisation = staff.store.organisation_name().await?.unwrap_or_default();
            staff.send_email(&person.user.email, &step_off_email(context.lang, &organisation)).await;
            Ok(done(id, "step-off"))
        }
        Decided::NotThere | Decided::EmailTaken | Decided::LastAdmin => Err(PageError::NotFound),
    }
}

/// `POST`: logged out everywhere.
///
/// # Errors
/// As [`show`].
pub async fn end_sessions(
    staff: StaffContext,
    Path(id): Path<UserId>,
    context: PageContext,
) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    match staff.store.end_sessions_of(id).await? {
        Decided::Done => Ok(done(id, "ended")),
        decided => not_done(&staff, &context, person, problem_of(decided)?).await,
    }
}

fn may_reset(staff: &StaffContext, person: &Person) -> bool {
    person.has_password && person.disabled_at.is_none() && staff.can_email()
}

/// `POST`: may not log in any more.
///
/// # Errors
/// As [`show`].
pub async fn disable(staff: StaffContext, Path(id): Path<UserId>, context: PageContext) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    match staff.store.disable_person(id).await? {
        Decided::Done => Ok(done(id, "disabled")),
        decided => not_done(&staff, &context, person, problem_of(decided)?).await,
    }
}

/// `GET`: the question before somebody is removed.
///
/// # Errors
/// As [`show`].
pub async fn ask_remove(
    staff: StaffContext,
    Path(id): Path<UserId>,
    context: PageContext,
) -> Result<Response, PageError> {
    let email = find(&staff, id).await?.user.email;
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <RemovePerson id=id email=email shell=shell /> }))
}

/// `POST`: removed.
///
/// # Errors
/// As [`show`].
pub async fn remove(staff: StaffContext, Path(id): Path<UserId>, context: PageContext) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    match staff.store.remove_person(id).await? {
        Decided::Done => Ok(Redirect::to(&done_address(PEOPLE, "removed")).into_response()),
        decided => not_done(&staff, &context, person, problem_of(decided)?).await,
    }
}

/// `POST`: whoever is logged in leaves everything to a successor.
///
/// # Errors
/// [`PageError::Forbidden`] on somebody else's page; as [`show`].
pub async fn hand_over(
    staff: StaffContext,
    Path(id): Path<UserId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let person = find(&staff, id).await?;
    if staff.user.as_ref().is_none_or(|user| user.id != id) {
        return Err(PageError::Forbidden);
    }
    let to: Option<UserId> = fields(body, MAX_BYTES).await?.get("successor").and_then(|id| id.parse().ok()).map(UserId);
    let decided = match to {
        Some(to) => staff.store.hand_over(id, to).await?,
        None => Decided::NotThere,
    };
    match decided {
        Decided::Done => Ok(Redirect::to("/staff/login").into_response()),
        Decided::NotThere | Decided::EmailTaken | Decided::LastAdmin => {
            not_done(&staff, &context, person, PersonProblem::Successor).await
        }
    }
}

async fn find(staff: &StaffContext, id: UserId) -> Result<Person, PageError> {
    staff.must_see_everything()?;
    let people = staff.store.people().await?;
    people.into_iter().find(|person| person.user.id == id).ok_or(PageError::NotFound)
}

fn problem_of(decided: Decided) -> Result<PersonProblem, PageError> {
    match decided {
        Decided::LastAdmin => Ok(PersonProblem::LastAdmin),
        Decided::Done | Decided::NotThere | Decided::EmailTaken => Err(PageError::NotFound),
    }
}

fn done(id: UserId, what: &str) -> Response {
    Redirect::to(&done_address(&person_address(id), what)).into_response()
}

/// What the page shows of somebody.
struct Shows {
    person: Person,
    rights: Rights,
    problem: Option<PersonProblem>,
    done: Option<String>,
}

async fn not_done(
    staff: &StaffContext,
    context: &PageContext,
    person: Person,
    problem: PersonProblem,
) -> Result<Response, PageError> {
    let rights = Rights::of(&person.user);
    refused(staff, context, Shows { person, rights, problem: Some(problem), done: None }).await
}

async fn refused(staff: &StaffContext, context: &PageContext, shows: Shows) -> Result<Response, PageError> {
    let page = page(staff, context, shows).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(staff: &StaffContext, context: &PageContext, shows: Shows) -> Result<Response, PageError> {
    let Shows { person, rights, problem, done } = shows;
    let (may_reset, sessions) = (may_reset(staff, &person), person.sessions);
    let person = Shown::new(staff, context.lang).await?.row(&person);
    let context = context.at(person_address(person.id));
    let successors = if person.is_reader {
        let people = staff.store.people().await?;
        let may = |other: &Person| other.user.id != person.id && other.has_password && other.disabled_at.is_none();
        people.into_iter().filter(may).map(|other| (other.user.id, other.user.email)).collect()
    } else {
        Vec::new()
    };
    let data = PersonData { rights: rights.form(staff).await?, person, successors, sessions, may_reset, problem, done };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <PersonPage data=data shell=shell /> }))
}
