//! `/staff/organisation`: the languages that visitors read, and how late numbers are shown.

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::organisation::{LanguagesErrors, LanguagesForm, ORGANISATION, Organisation, OrganisationData},
};
use axum::{
    body::Body,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{lang::LanguageTag, live_delay::LiveDelay};
use leptos::view;

use crate::http::{
    forms::{AfterForm, pairs},
    page::{PageContext, PageError},
    staff_context::StaffContext,
};

/// A hundred languages.
const MAX_BYTES: usize = 4 * 1024;

/// `GET`: what is chosen.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let form = LanguagesForm::of(&staff.store.organisation_languages().await?);
    let (errors, saved) = (LanguagesErrors::default(), after.is_saved());
    page(&staff, &context, OrganisationData { form, delay: staff.delay_now().await?, errors, saved }).await
}

/// `POST`: other languages, or another default.
///
/// # Errors
/// [`PageError::Forbidden`] where somebody sees a part of the venues only, or the form cannot be read.
pub async fn save(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    let typed = pairs(body, MAX_BYTES).await?;
    let before = staff.store.organisation_languages().await?;
    let form = posted(&before, &typed);
    // A page from before there was a choice says nothing about it.
    let delay = typed.iter().rfind(|(field, _)| field == "delay");
    let delay = match delay {
        Some((_, word)) => LiveDelay::from_name(word).ok_or(PageError::BadRequest)?,
        None => staff.delay,
    };
    let languages = match form.languages() {
        Ok(languages) => languages,
        Err(errors) => {
            let page = page(&staff, &context, OrganisationData { form, delay, errors, saved: false }).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if !staff.store.choose_languages(&languages).await? {
        return Err(PageError::Forbidden);
    }
    if delay != staff.delay && !staff.store.choose_live_delay(delay).await? {
        return Err(PageError::Forbidden);
    }
    // Who: the span of the request says it, as a role.
    tracing::info!(languages = languages.len(), delay = delay.as_str(), "organisation saved");
    Ok(Redirect::to(&done_address(ORGANISATION, SAVED)).into_response())
}

/// The fields as they were posted, over those that the page had.
fn posted(before: &[LanguageTag], typed: &[(String, String)]) -> LanguagesForm {
    let values = |name: &'static str| typed.iter().filter(move |(field, _)| field == name).map(|(_, value)| value);
    let ticked: Vec<LanguageTag> = values("language").filter_map(|tag| tag.parse().ok()).collect();
    let mut form = LanguagesForm::of(before);
    for (tag, is_ticked) in &mut form.boxes {
        *is_ticked = ticked.contains(tag);
    }
    // Somebody else may have taken a language away meanwhile, whose box was still ticked here.
    let gone = ticked.into_iter().filter(|tag| form.boxes.iter().all(|(other, _)| other != tag)).collect::<Vec<_>>();
    form.boxes.extend(gone.into_iter().map(|tag| (tag, true)));
    form.add = values("add").next().cloned().unwrap_or_default();
    form.default = values("default").next().and_then(|tag| tag.parse().ok()).unwrap_or(form.default);
    form
}

async fn page(staff: &StaffContext, context: &PageContext, data: OrganisationData) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <Organisation data=data shell=shell /> }))
}
