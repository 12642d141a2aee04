//! `/staff/organisation/notices`: what the organisation says of itself on the pages that the law asks for.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::{
        notices::{NoticesForm, NoticesFormData},
        organisation::NOTICES,
    },
};
use axum::{
    body::Body,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::notices::{Notice, Notices};
use leptos::view;

use crate::{
    email_address::is_email_address,
    http::{
        forms::{AfterForm, fields},
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
};

/// Six texts of four thousand characters, each of which may travel as nine bytes.
const MAX_BYTES: usize = 256 * 1024;

/// `GET`: what is said.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let notices = staff.store.notices().await?;
    page(&staff, &context, NoticesFormData { notices, saved: after.is_saved(), ..NoticesFormData::default() }).await
}

/// `POST`: something else is said.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only, or the form cannot be read.
pub async fn save(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let posted = fields(body, MAX_BYTES).await?;
    let mut notices = Notices::default();
    for notice in Notice::ALL {
        notices.say(notice, posted.get(notice.as_str()).map_or("", String::as_str));
    }
    let too_long = notices.too_long();
    let not_an_email = notices.get(Notice::Email).is_some_and(|email| !is_email_address(email));
    if too_long.is_some() || not_an_email {
        let page = page(&staff, &context, NoticesFormData { notices, too_long, not_an_email, saved: false }).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !staff.store.say_notices(&notices).await? {
        return Err(PageError::Forbidden);
    }
    Ok(Redirect::to(&done_address(NOTICES, SAVED)).into_response())
}

async fn page(staff: &StaffContext, context: &PageContext, data: NoticesFormData) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <NoticesForm data=data shell=shell /> }))
}
