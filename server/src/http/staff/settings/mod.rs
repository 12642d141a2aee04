//! `/staff/venues/{id}/settings`: what staff decide about a venue.
//!
//! - `check`: from what was typed to settings, or to what is wrong with it.

mod check;

use app::{
    pages::staff::settings::{Settings, SettingsData, settings_address},
    server_functions::venue_settings::{SaveVenueSettings, errors::SettingsErrors, form::SettingsForm},
};
use axum::{
    Extension,
    extract::{Path, Query, Request, State},
    response::Response,
};
use domain::{event::Venue, id::VenueId, venue_settings::VenueSettings};
use leptos::view;
use serde::Deserialize;

use crate::{
    http::{
        access::Principal,
        page::{PageContext, PageError},
        server_functions::{Outcome, call},
        state::AppState,
    },
    secrets::usual_pin,
};

/// Whether the form has just been saved.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    saved: Option<String>,
}

/// `GET`: the settings as they are.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such venue.
pub async fn show(
    State(state): State<AppState>,
    Extension(principal): Extension<Principal>,
    Path(id): Path<VenueId>,
    Query(After { saved }): Query<After>,
    context: PageContext,
) -> Result<Response, PageError> {
    let venue = venue(&state, &principal, id).await?;
    let settings = state.store.venue_settings(id).await?;
    let pin = settings.pin.clone().unwrap_or_else(|| usual_pin(&state.keys.form_key, id));
    let form = SettingsForm::of(&settings, &pin);
    page(&state, &context, venue, form, SettingsErrors::default(), saved.is_some()).await
}

/// `POST` of [`SaveVenueSettings`]: saved, or what is wrong.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such venue, or the form cannot be read.
pub async fn save(
    State(state): State<AppState>,
    Extension(principal): Extension<Principal>,
    context: PageContext,
    request: Request,
) -> Result<Response, PageError> {
    let locale = context.lang.into();
    let (acting, asking) = (state.clone(), principal.clone());
    let act = move |form: SaveVenueSettings| set(acting.clone(), asking.clone(), form);
    let told = move |errors: &SettingsErrors| errors.told(locale);
    let again = move |SaveVenueSettings { venue: id, form }: SaveVenueSettings, errors| async move {
        let venue = venue(&state, &principal, id).await?;
        page(&state, &context.at(settings_address(id)), venue, form, errors, false).await
    };
    call(request, act, told, again).await
}

async fn set(
    state: AppState,
    principal: Principal,
    form: SaveVenueSettings,
) -> Result<Outcome<SettingsErrors>, PageError> {
    let venue = venue(&state, &principal, form.venue).await?.id;
    let settings = match check::settings(&form.form.trimmed(), &usual_pin(&state.keys.form_key, venue)) {
        Ok(settings) => settings,
        Err(errors) => return Ok(Outcome::Wrong(*errors)),
    };
    let before = state.store.venue_settings(venue).await?;
    if !state.store.set_venue_settings(venue, &settings).await? {
        return Err(PageError::NotFound);
    }
    log(&principal, venue, &before, &settings);
    Ok(Outcome::Done(format!("{}?saved=yes", settings_address(venue))))
}

async fn venue(state: &AppState, principal: &Principal, id: VenueId) -> Result<Venue, PageError> {
    let venue = state.store.venue(id).await?.filter(|venue| principal.scope.allows(venue.id));
    venue.ok_or(PageError::NotFound)
}

async fn page(
    state: &AppState,
    context: &PageContext,
    venue: Venue,
    form: SettingsForm,
    errors: SettingsErrors,
    saved: bool,
) -> Result<Response, PageError> {
    let shell = context.shell(state).await?;
    let data = SettingsData { venue: venue.id, name: venue.name, form, errors, saved };
    Ok(context.page(move || view! { <Settings data=data shell=shell /> }))
}

/// Who changed what, and never to what: a PIN and addresses do not belong in a log.
fn log(principal: &Principal, venue: VenueId, before: &VenueSettings, after: &VenueSettings) {
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
    let user = principal.user.as_ref().map(|user| user.id.to_string());
    tracing::info!(user, %venue, changed = changed.join(","), "venue settings saved");
}
