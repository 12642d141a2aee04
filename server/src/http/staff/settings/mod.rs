//! `/staff/venues/{id}/settings`: what staff decide about a venue.
//!
//! - `read`: from what was typed to settings, or to what is wrong with it.

mod read;

use std::collections::BTreeMap;

use app::pages::staff::settings::{Settings, SettingsData, SettingsField, SettingsProblem, Typed};
use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{event::Venue, id::VenueId, venue_settings::VenueSettings};
use leptos::view;
use serde::Deserialize;

use crate::{
    http::{
        access::Principal,
        forms::fields,
        page::{PageContext, PageError},
        state::AppState,
    },
    secrets::usual_pin,
};

/// The form is short.
const MAX_BYTES: usize = 16 * 1024;

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
    let typed = Typed::of(&settings, &pin);
    page(&state, &context, venue, typed, BTreeMap::new(), saved.is_some()).await
}

/// `POST`: saved, or back to the form with what is wrong.
///
/// # Errors
/// [`PageError::NotFound`] where the reader has no such venue, or the form cannot be read.
pub async fn save(
    State(state): State<AppState>,
    Extension(principal): Extension<Principal>,
    Path(id): Path<VenueId>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let venue = venue(&state, &principal, id).await?;
    let typed = read::typed(fields(body, MAX_BYTES).await?);
    match read::settings(&typed, &usual_pin(&state.keys.form_key, id)) {
        Ok(settings) => {
            let before = state.store.venue_settings(id).await?;
            if !state.store.set_venue_settings(id, &settings).await? {
                return Err(PageError::NotFound);
            }
            log(&principal, id, &before, &settings);
            Ok(Redirect::to(&format!("/staff/venues/{id}/settings?saved=yes")).into_response())
        }
        Err(problems) => {
            let page = page(&state, &context, venue, typed, problems, false).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn venue(state: &AppState, principal: &Principal, id: VenueId) -> Result<Venue, PageError> {
    let venue = state.store.venue(id).await?.filter(|venue| principal.scope.allows(venue.id));
    venue.ok_or(PageError::NotFound)
}

async fn page(
    state: &AppState,
    context: &PageContext,
    venue: Venue,
    typed: Typed,
    problems: BTreeMap<SettingsField, SettingsProblem>,
    saved: bool,
) -> Result<Response, PageError> {
    let shell = context.shell(state).await?;
    let data = SettingsData { venue: venue.id, name: venue.name, typed, problems, saved };
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
