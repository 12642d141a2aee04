//! `/staff/organisation/look`: the colours that the organisation wears.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::{
        look::{LookData, NEAREST, OrganisationLook},
        organisation::LOOK,
    },
};
use axum::{
    body::Body,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::look::{Look, Part};
use leptos::view;

use crate::http::{
    forms::{AfterForm, fields},
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// Three colours.
const MAX_BYTES: usize = 4 * 1024;

/// `GET`: what is worn.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let look = staff.store.look().await?;
    page(&staff, &context, LookData { saved: after.is_saved(), ..saved(look) }).await
}

/// `POST`: other colours, of which each can be read.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only, or the form cannot be read.
pub async fn save(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let posted = fields(body, MAX_BYTES).await?;
    let typed = Part::ALL.map(|part| posted.get(part.as_str()).map_or("", |typed| typed.trim()).to_owned());
    let (mut look, mut unreadable) = (Look::default(), Vec::new());
    for (part, typed) in Part::ALL.into_iter().zip(&typed).filter(|(_, typed)| !typed.is_empty()) {
        match typed.parse() {
            Ok(colour) => look = look.with(part, Some(colour)),
            Err(_) => unreadable.push(part),
        }
    }
    if posted.contains_key(NEAREST) {
        look = look.mended();
    }
    let failures = look.failures();
    if !(unreadable.is_empty() && failures.is_empty()) {
        let data = LookData { typed, look, unreadable, failures, saved: false };
        let page = page(&staff, &context, data).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !staff.store.choose_look(&look).await? {
        return Err(PageError::Forbidden);
    }
    staff.look_changed();
    Ok(Redirect::to(&done_address(LOOK, SAVED)).into_response())
}

fn saved(look: Look) -> LookData {
    let typed = Part::ALL.map(|part| look.part(part).map(|colour| colour.to_string()).unwrap_or_default());
    LookData { typed, look, ..LookData::default() }
}

async fn page(staff: &StaffContext, context: &PageContext, data: LookData) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <OrganisationLook data=data shell=shell /> }))
}
