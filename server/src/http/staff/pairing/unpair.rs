//! `/staff/kiosks/{id}/unpair`: a tablet leaves its kiosk.

use app::pages::staff::pairing::{done::Done, unpair::Unpair};
use axum::{extract::Path, response::Response};
use domain::id::KioskId;
use leptos::view;
use uuid::Uuid;

use super::done;
use crate::http::{
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// `GET`: whether it is to leave.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk.
pub async fn ask(staff: StaffContext, Path(id): Path<Uuid>, context: PageContext) -> Result<Response, PageError> {
    let id = KioskId(id);
    let (kiosk, _) = staff.store.kiosk(id).await?.ok_or(PageError::NotFound)?;
    let venue = staff.store.venue(kiosk.venue).await?.map(|venue| venue.name).unwrap_or_default();
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <Unpair id=id name=kiosk.name venue=venue shell=shell /> }))
}

/// `POST`: it leaves. Where it has left already, that is what was wanted.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk.
pub async fn take(staff: StaffContext, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    let id = KioskId(id);
    staff.store.kiosk(id).await?.ok_or(PageError::NotFound)?;
    let by = staff.user.as_ref().map(|user| user.id);
    staff.store.unpair_kiosk(id, by, staff.now()).await?;
    Ok(done(id, Done::Unpaired))
}
