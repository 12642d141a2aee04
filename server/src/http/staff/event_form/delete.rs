//! `/staff/events/{id}/delete`: an event that nobody has answered about goes for good.

use app::{
    kit::toast::done_address,
    pages::staff::event_form::delete::{DeleteData, DeleteEvent},
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::id::EventId;
use leptos::view;
use store::programme::EventDeleted;

use crate::http::{
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// `GET`: what follows from it.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event.
pub async fn ask(staff: StaffContext, Path(id): Path<EventId>, context: PageContext) -> Result<Response, PageError> {
    let has_answers = staff.store.has_answers(id).await?;
    page(&staff, &context, id, has_answers).await
}

/// `POST`: deletes it.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such event.
pub async fn take(staff: StaffContext, Path(id): Path<EventId>, context: PageContext) -> Result<Response, PageError> {
    match staff.store.delete_event(id).await? {
        EventDeleted::Deleted => {
            tracing::info!(event = %id, "event deleted");
            Ok(Redirect::to(&done_address("/staff/events", "deleted")).into_response())
        }
        EventDeleted::HasAnswers => {
            let page = page(&staff, &context, id, true).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        EventDeleted::NotThere => Err(PageError::NotFound),
    }
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    id: EventId,
    has_answers: bool,
) -> Result<Response, PageError> {
    let event = staff.store.event(id).await?.ok_or(PageError::NotFound)?;
    let shell = context.shell(staff).await?;
    let data = DeleteData { event: id, title: event.title, has_answers };
    Ok(context.page(move || view! { <DeleteEvent data=data shell=shell /> }))
}
