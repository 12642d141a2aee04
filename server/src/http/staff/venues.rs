//! `/staff/venues`, `/staff/venues/new` and `/staff/venues/{id}/edit`: places with a foyer.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::venues::{
        VENUES, Venues, VenuesData,
        form::{CodeError, UnknownZone, VenueErrors, VenueForm, VenueFormData, VenueFormPage, VenueNameError},
    },
};
use axum::{
    body::Body,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{event::Venue, id::VenueId, name::check_name};
use leptos::view;
use store::{programme::VenueSaved, staff::Role};

use crate::{
    codes::is_code,
    http::{
        forms::{AfterForm, fields},
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    local_time::is_zone,
};

/// A name and two words.
const MAX_BYTES: usize = 4 * 1024;

/// `GET`: the venues.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let may_edit = staff.role >= Role::Editor;
    let venues = staff.store.venues().await?;
    let data = VenuesData { venues, may_edit, may_add: may_edit && staff.sees_every_venue(), saved: after.is_saved() };
    let shell = context.shell(&staff).await?;
    Ok(context.page(move || view! { <Venues data=data shell=shell /> }))
}

/// `GET`: the fields of a new venue, on the clock of the first one.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only.
pub async fn add(staff: StaffContext, context: PageContext) -> Result<Response, PageError> {
    if !staff.sees_every_venue() {
        return Err(PageError::Forbidden);
    }
    let first = staff.store.venues().await?.into_iter().next();
    let time_zone = first.map_or_else(|| "Europe/Helsinki".to_owned(), |venue| venue.time_zone);
    page(&staff, &context, None, VenueForm { time_zone, ..VenueForm::default() }, VenueErrors::default()).await
}

/// `POST`: a new venue. It asks what the first one asks, in the languages of the organisation.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only, or the form cannot be read.
pub async fn take_new(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let form = posted(body).await?;
    let there = staff.store.venues().await?;
    let survey_version = there.first().filter(|_| staff.sees_every_venue()).map(|venue| venue.survey_version);
    let venue = Venue {
        id: VenueId(staff.new_id()),
        code: form.code.clone(),
        name: form.name.clone(),
        time_zone: form.time_zone.clone(),
        languages: staff.store.organisation_languages().await?,
        survey_version: survey_version.ok_or(PageError::Forbidden)?,
    };
    save(&staff, &context, None, venue, form, &there).await
}

/// `GET`: the fields of a venue as it is.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such venue.
pub async fn edit(staff: StaffContext, Path(id): Path<VenueId>, context: PageContext) -> Result<Response, PageError> {
    let Venue { name, code, time_zone, .. } = staff.store.venue(id).await?.ok_or(PageError::NotFound)?;
    page(&staff, &context, Some(id), VenueForm { name, code, time_zone }, VenueErrors::default()).await
}

/// `POST`: what has changed about it.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such venue, or the form cannot be read.
pub async fn take_changed(
    staff: StaffContext,
    Path(id): Path<VenueId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let form = posted(body).await?;
    let there = staff.store.venues().await?;
    let before = there.iter().find(|venue| venue.id == id).cloned().ok_or(PageError::NotFound)?;
    let (code, name, time_zone) = (form.code.clone(), form.name.clone(), form.time_zone.clone());
    save(&staff, &context, Some(id), Venue { code, name, time_zone, ..before }, form, &there).await
}

async fn save(
    staff: &StaffContext,
    context: &PageContext,
    id: Option<VenueId>,
    venue: Venue,
    form: VenueForm,
    there: &[Venue],
) -> Result<Response, PageError> {
    let mut errors = check(&form, id, there);
    if errors.is_empty() {
        match staff.store.save_venue(&venue).await? {
            VenueSaved::Saved => {
                tracing::info!(venue = %venue.id, "venue saved");
                return Ok(Redirect::to(&done_address(VENUES, SAVED)).into_response());
            }
            VenueSaved::CodeTaken => errors.code = Some(CodeError::Taken),
            VenueSaved::NotThere => return Err(PageError::NotFound),
        }
    }
    let page = page(staff, context, id, form, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn check(form: &VenueForm, id: Option<VenueId>, there: &[Venue]) -> VenueErrors {
    let is_taken = || {
        let small = form.name.to_lowercase();
        there.iter().any(|venue| Some(venue.id) != id && venue.name.to_lowercase() == small)
    };
    let name = check_name(&form.name).err().map(VenueNameError::Name);
    VenueErrors {
        name: name.or_else(|| is_taken().then_some(VenueNameError::Taken)),
        code: (!is_code(&form.code)).then_some(CodeError::Bad),
        time_zone: (!is_zone(&form.time_zone)).then_some(UnknownZone),
    }
}

async fn posted(body: Body) -> Result<VenueForm, PageError> {
    let mut typed = fields(body, MAX_BYTES).await?;
    let mut field = |name: &str| typed.remove(name).unwrap_or_default().trim().to_owned();
    Ok(VenueForm { name: field("name"), code: field("code").to_uppercase(), time_zone: field("time_zone") })
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    venue: Option<VenueId>,
    form: VenueForm,
    errors: VenueErrors,
) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    let data = VenueFormData { venue, form, errors };
    Ok(context.page(move || view! { <VenueFormPage data=data shell=shell /> }))
}
