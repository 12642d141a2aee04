//! `/staff/people/readers`: who reads summaries by e-mail and has no account.

use app::{
    kit::toast::done_address,
    pages::staff::people::readers::{READERS, ReaderForm, ReaderProblem, ReaderRow, Readers, ReadersData},
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::MailReaderId, lang::Lang};
use leptos::view;
use store::mail_readers::{MailReader, ReaderAdded};

use super::{MAX_BYTES, rights::Rights, shown::Shown};
use crate::{
    email_address::is_email_address,
    http::{
        forms::{AfterForm, pairs},
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
};

/// `GET`: everybody.
///
/// # Errors
/// [`PageError::Forbidden`] for an administrator who sees a part only, or where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let typed = Typed { email: String::new(), lang: context.lang, rights: Rights::nobodys() };
    page(&staff, &context, typed, None, after.done).await
}

/// `POST`: somebody new, who is told so and how to stop it.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn add(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let posted = pairs(body, MAX_BYTES).await?;
    let last = |name: &str| posted.iter().rfind(|(field, _)| field == name).map_or("", |(_, value)| value.trim());
    let typed = Typed {
        email: last("email").to_lowercase(),
        lang: last("lang").parse().unwrap_or(context.lang),
        rights: Rights::posted(&posted),
    };
    let mut problem = (!is_email_address(&typed.email)).then_some(ReaderProblem::NoAddress);
    if let (None, Some(scope)) = (problem, typed.rights.scope()) {
        let (id, added_at) = (MailReaderId(staff.new_id()), staff.now());
        let reader = MailReader { id, email: typed.email.clone(), lang: typed.lang, scope, added_at, stopped_at: None };
        match staff.store.add_reader(&reader).await? {
            ReaderAdded::Done => {
                staff.welcome_reader(&reader).await?;
                return Ok(Redirect::to(&done_address(READERS, "added")).into_response());
            }
            ReaderAdded::Taken => problem = Some(ReaderProblem::Taken),
            ReaderAdded::Stopped => problem = Some(ReaderProblem::Stopped),
            ReaderAdded::NotAllowed => return Err(PageError::Forbidden),
        }
    }
    let page = page(&staff, &context, typed, problem, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST`: removed.
///
/// # Errors
/// As [`show`], or where there is nobody like that.
pub async fn remove(staff: StaffContext, Path(id): Path<MailReaderId>) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    if !staff.store.remove_reader(id).await? {
        return Err(PageError::NotFound);
    }
    Ok(Redirect::to(&done_address(READERS, "removed")).into_response())
}

/// What was typed.
struct Typed {
    email: String,
    lang: Lang,
    rights: Rights,
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    typed: Typed,
    email_problem: Option<ReaderProblem>,
    done: Option<String>,
) -> Result<Response, PageError> {
    let shown = Shown::new(staff, context.lang).await?;
    let row = |reader: MailReader| ReaderRow {
        id: reader.id,
        lang: reader.lang.own_name(),
        sees: shown.sees(&reader.scope),
        added: shown.date(reader.added_at),
        stopped: reader.stopped_at.map(|at| shown.date(at)),
        email: reader.email,
    };
    let readers = staff.store.mail_readers().await?.into_iter().map(row).collect();
    let Typed { email, lang, rights } = typed;
    let rights = rights.form(staff).await?;
    let form = ReaderForm {
        email,
        email_problem,
        lang,
        is_limited: rights.is_limited,
        venues: rights.venues,
        nothing_ticked: rights.nothing_ticked,
    };
    let data = ReadersData { readers, form, can_email: staff.can_email(), done };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Readers data=data shell=shell /> }))
}
