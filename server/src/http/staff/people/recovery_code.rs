//! `/staff/people/recovery-code`: another printed recovery code, and that somebody has seen that it was used.

use app::pages::staff::{
    people::PEOPLE,
    recovery::{RECOVER, RecoverySheet, SheetData},
};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::view;

use super::shown::Shown;
use crate::{
    auth::printed_code::{hash_printed_code, new_printed_code},
    http::{
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
};

/// `POST`: a new code. It is on the page that answers, and nowhere else.
///
/// # Errors
/// [`PageError::Forbidden`] for an administrator who sees a part only, or where the store cannot do it now.
pub async fn renew(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    let code = new_printed_code(staff.rng());
    if !staff.store.renew_printed_code(hash_printed_code(&code)).await? {
        return Err(PageError::Forbidden);
    }
    let made = Shown::new(&staff, context.lang).await?.date(staff.now());
    let data = SheetData { code, address: staff.address(RECOVER), made, next: PEOPLE };
    let shell = context.at(PEOPLE.to_owned()).shell(&staff).await?;
    Ok(context.page(move || view! { <RecoverySheet data=data shell=shell /> }))
}

/// `POST`: whoever is logged in has seen that the code was used.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn seen(staff: StaffContext) -> Result<Response, PageError> {
    staff.store.recovery_seen().await?;
    Ok(Redirect::to("/staff").into_response())
}
