//! `/staff/kiosks/{id}/unpair`: a tablet leaves its kiosk.

use app::pages::staff::pairing::{kiosk::Done, unpair::Unpair};
use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use domain::id::KioskId;
use leptos::view;
use uuid::Uuid;

use super::done;
use crate::http::{
    access::Principal,
    page::{PageContext, PageError},
    state::AppState,
};

/// `GET`: whether it is to leave.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk.
pub async fn ask(
    State(state): State<AppState>,
    Extension(principal): Extension<Principal>,
    Path(id): Path<Uuid>,
    context: PageContext,
) -> Result<Response, PageError> {
    let id = KioskId(id);
    let (kiosk, _) = state.store.kiosk(&principal.scope, id).await?.ok_or(PageError::NotFound)?;
    let venue = state.store.venue(kiosk.venue).await?.map(|venue| venue.name).unwrap_or_default();
    let shell = context.shell(&state).await?;
    Ok(context.page(move || view! { <Unpair id=id name=kiosk.name venue=venue shell=shell /> }))
}

/// `POST`: it leaves. Where it has left already, that is what was wanted.
///
/// # Errors
/// [`PageError::NotFound`] where the reader may not see such a kiosk.
pub async fn take(
    State(state): State<AppState>,
    Extension(principal): Extension<Principal>,
    Path(id): Path<Uuid>,
) -> Result<Response, PageError> {
    let id = KioskId(id);
    state.store.kiosk(&principal.scope, id).await?.ok_or(PageError::NotFound)?;
    let by = principal.user.as_ref().map(|user| user.id);
    state.store.unpair_kiosk(&principal.scope, id, by, state.clock.now()).await?;
    Ok(done(id, Done::Unpaired))
}
