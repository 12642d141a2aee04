//! `/staff/events/{id}/attendance`: how many were there.

use app::{
    kit::toast::done_address,
    pages::staff::subject::{
        data::{AttendanceForm, Saved, event_address},
        page::SubjectPage,
    },
};
use axum::{
    body::Body,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{attendance::AttendanceKind, id::EventId};
use leptos::view;

use super::{event_form::people, subject::View};
use crate::http::{
    forms::fields,
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// A number and a word.
const MAX_BYTES: usize = 1024;

/// `POST`: how many were there, and how that is known.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event, or the form cannot be read.
pub async fn save(
    staff: StaffContext,
    Path(id): Path<EventId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let mut typed = fields(body, MAX_BYTES).await?;
    let mut field = |name: &str| typed.remove(name).unwrap_or_default().trim().to_owned();
    let (attendance, kind) = (field("attendance"), field("attendance_kind"));
    let there = if attendance.is_empty() { Some(None) } else { people(&attendance).map(Some) };
    let Some(there) = there else {
        let event = staff.store.event(id).await?.ok_or(PageError::NotFound)?;
        let venue = staff.store.venue(event.venue).await?.ok_or(PageError::NotFound)?;
        let context = context.at(event_address(id));
        let view = View { context: &context, scores_asked: false, saved: None };
        let mut data = view.of_event(&staff, event, venue).await?;
        data.attendance_typed = Some(AttendanceForm { attendance, kind, is_wrong: true });
        let shell = context.shell(&staff).await?;
        let page = context.page(move || view! { <SubjectPage data=data shell=shell /> });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let kind = AttendanceKind::from_name(&kind).filter(|_| there.is_some());
    if !staff.store.set_attendance(id, there, kind).await? {
        return Err(PageError::NotFound);
    }
    tracing::info!(event = %id, "attendance saved");
    Ok(Redirect::to(&done_address(&event_address(id), Saved::ATTENDANCE)).into_response())
}
