//! `/staff/venues/{id}/settings`: what staff decide about a venue.
//!
//! - `check`: from what was typed to settings, or to what is wrong with it.

mod check;

use app::{
    kit::toast::{SAVED, done_address},
    pages::staff::settings::{Settings, SettingsData, settings_address},
    server_functions::venue_settings::{
        SaveVenueSettings,
        errors::{SettingsErrors, WebhookError},
        form::SettingsForm,
    },
};
use std::sync::Arc;

use axum::{
    extract::{Path, Query, Request},
    response::Response,
};
use domain::{event::Venue, id::VenueId, venue_settings::VenueSettings};
use leptos::view;

use crate::http::{
    forms::AfterForm,
    page::{PageContext, PageError},
    server_functions::{Outcome, call},
    staff_context::StaffContext,
};
use store::staff::Role;

/// `GET`: the settings as they are.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such venue.
pub async fn show(
    staff: StaffContext,
    Path(id): Path<VenueId>,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    let (venue, settings) = venue(&staff, id).await?;
    let pin = settings.pin.clone().unwrap_or_else(|| staff.usual_pin(id));
    let form = SettingsForm::of(&settings, &pin);
    page(&staff, &context, venue, form, SettingsErrors::default(), after.is_saved()).await
}

/// `POST` of [`SaveVenueSettings`]: saved, or what is wrong.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such venue, or the form cannot be read.
pub async fn save(staff: StaffContext, context: PageContext, request: Request) -> Result<Response, PageError> {
    let locale = context.lang;
    let staff = Arc::new(staff);
    let acting = Arc::clone(&staff);
    let act = move |form: SaveVenueSettings| set(Arc::clone(&acting), form);
    let form_error = move |errors: &SettingsErrors| errors.to_form_error(locale);
    let again = move |SaveVenueSettings { venue: id, form }: SaveVenueSettings, errors| async move {
        let (venue, _) = venue(&staff, id).await?;
        page(&staff, &context.at(settings_address(id)), venue, form, errors, false).await
    };
    call(request, act, form_error, again).await
}

async fn set(staff: Arc<StaffContext>, form: SaveVenueSettings) -> Result<Outcome<SettingsErrors>, PageError> {
    let (venue, before) = venue(&staff, form.venue).await?;
    let venue = venue.id;
    let mut typed = form.form.trimmed();
    if !may_set_webhook(&staff) {
        typed.webhook.clear();
    }
    let mut settings = match check::settings(&typed, &staff.usual_pin(venue)) {
        Ok(settings) => settings,
        Err(errors) => return Ok(Outcome::Wrong(*errors)),
    };
    if !may_set_webhook(&staff) {
        settings.alerts.webhook.clone_from(&before.alerts.webhook);
    }
    // One that was named before stays, and is not called any more.
    let named = settings.alerts.webhook.as_deref().filter(|_| settings.alerts.webhook != before.alerts.webhook);
    if named.is_some_and(|address| !staff.may_call(address)) {
        return Ok(Outcome::Wrong(SettingsErrors { webhook: Some(WebhookError), ..SettingsErrors::default() }));
    }
    if !staff.store.set_venue_settings(venue, &settings).await? {
        return Err(PageError::NotFound);
    }
    log(venue, &before, &settings);
    Ok(Outcome::Done(done_address(&settings_address(venue), SAVED)))
}

/// An address that the server calls is for those who run it.
fn may_set_webhook(staff: &StaffContext) -> bool {
    staff.role >= Role::Admin
}

async fn venue(staff: &StaffContext, id: VenueId) -> Result<(Venue, VenueSettings), PageError> {
    let venue = staff.store.venue(id).await?.ok_or(PageError::NotFound)?;
    let settings = staff.store.settings_of(id).await?.ok_or(PageError::NotFound)?;
    Ok((venue, settings))
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    venue: Venue,
    form: SettingsForm,
    errors: SettingsErrors,
    saved: bool,
) -> Result<Response, PageError> {
    let shell = context.shell(staff).await?;
    let may_set_webhook = may_set_webhook(staff);
    let form = if may_set_webhook { form } else { SettingsForm { webhook: String::new(), ..form } };
    let Venue { id: venue, name, languages, .. } = venue;
    let data = SettingsData { venue, name, languages, form, may_set_webhook, errors, saved };
    Ok(context.page(move || view! { <Settings data=data shell=shell /> }))
}

/// What was changed, and never to what: a PIN and addresses do not belong in a log.
fn log(venue: VenueId, before: &VenueSettings, after: &VenueSettings) {
    let changed: Vec<&str> = [
        ("opening", before.opening != after.opening),
        ("burst", before.burst != after.burst),
        ("contradiction", before.contradiction != after.contradiction),
        ("pin", before.pin != after.pin),
        ("alerts", before.alerts != after.alerts),
    ]
    .into_iter()
    .filter_map(|(name, is_changed)| is_changed.then_some(name))
    .collect();
    // Who: the span of the request says it, as a role.
    tracing::info!(%venue, changed = changed.join(","), "venue settings saved");
}
