//! `GET /api/v1/kiosk/config`: everything a kiosk needs to ask, also without a network.

use api::config::{KioskConfig, KioskEvent, KioskInfo, KioskSettings, Look};
use axum::{
    Extension, Json,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    event::{Event, Window},
    id::SurveyVersionId,
    survey::Kind,
    time::DAY,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use super::{commands::show_next, older_tablets::in_three_languages};
use crate::{
    http::{etag::is_known, problem::Problem, state::AppState},
    local_time::zone,
    opening_hours::open_times,
};
use store::{StoreError, kiosks::Pairing};

/// How far ahead and back the programme reaches, for a tablet without a network.
const REACH: i64 = 14 * DAY;

/// What a tablet says about itself.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Tablet {
    /// the kinds of questions that it can draw, with commas between them; an older tablet names none
    kinds: Option<String>,
}

impl Tablet {
    fn kinds(&self) -> Vec<&str> {
        self.kinds.as_deref().unwrap_or(Kind::FIRST_WORDS).split(',').collect()
    }

    /// Whether it is of 0.1, the only version that names no kinds.
    const fn is_of_first_version(&self) -> bool {
        self.kinds.is_none()
    }
}

/// The configuration of the tablet's kiosk. A question of a kind that the tablet cannot draw is left out,
/// and a survey of which nothing remains: one that it could not read would make all of this unreadable. For the same
/// reason a tablet of 0.1 is told of no language but the three that it knows. The `ETag` covers everything but the server's clock and
/// the numbers seen, which change without anything to ask differently.
///
/// # Errors
/// A problem document where the store cannot do it now.
#[utoipa::path(
    get, path = "/api/v1/kiosk/config", tag = "kiosk", params(Tablet),
    responses(
        (status = 200, body = KioskConfig),
        (status = 304, description = "as before"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid kiosk token"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "the venue is gone"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many requests of this tablet; `Retry-After` says when"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; ask again"),
    ),
    security(("kiosk" = []))
)]
pub async fn get(
    State(state): State<AppState>,
    Extension(pairing): Extension<Pairing>,
    Query(tablet): Query<Tablet>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let config = compose(&state, &pairing, &tablet).await?.ok_or_else(Problem::not_found)?;
    let etag = etag(&config);
    let mut response =
        if is_known(&headers, &etag) { StatusCode::NOT_MODIFIED.into_response() } else { Json(config).into_response() };
    response.headers_mut().insert(header::ETAG, etag);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

async fn compose(state: &AppState, pairing: &Pairing, tablet: &Tablet) -> Result<Option<KioskConfig>, StoreError> {
    let now = state.clock.now();
    let Some(venue) = state.store.system().venue(pairing.venue).await? else { return Ok(None) };
    let settings = state.cache.settings(venue.id).await?;
    let span = Window { from: now - REACH, until: now + REACH };
    let mut events: Vec<Event> = state.store.system().events(venue.id, span).await?;
    show_next(state, pairing, &mut events, now).await?;
    let mut versions: Vec<SurveyVersionId> = events.iter().map(|event| event.survey_version).collect();
    versions.push(venue.survey_version);
    versions.sort();
    versions.dedup();
    let mut surveys = Vec::with_capacity(versions.len());
    for version in versions {
        let survey = state.cache.survey(version).await?.map(|survey| survey.with_kinds(&tablet.kinds()));
        surveys.extend(survey.filter(|survey| !survey.questions.is_empty()));
    }
    let mut config = KioskConfig {
        kiosk: about(state, pairing).await?,
        open: open_times(&settings.opening, &zone(&venue.time_zone), &events, now),
        pin: Some(state.pins.of(venue.id, settings.pin.as_ref()).await),
        language_names: Some(venue.languages.iter().map(|tag| (*tag, tag.own_name())).collect()),
        venue,
        server_now: now,
        public_url: state.address(""),
        look: Look::default(),
        events: events.iter().map(KioskEvent::from).collect(),
        surveys,
        settings: KioskSettings::default(),
    };
    if tablet.is_of_first_version() {
        in_three_languages(&mut config);
    }
    Ok(Some(config))
}

/// What a kiosk is told about itself.
///
/// # Errors
/// Where the store cannot do it now.
pub(super) async fn about(state: &AppState, pairing: &Pairing) -> Result<KioskInfo, StoreError> {
    Ok(KioskInfo {
        id: pairing.kiosk,
        pairing: pairing.id,
        name: pairing.kiosk_name.clone(),
        seq_seen: state.store.system().seq_seen(pairing.id).await?,
    })
}

fn etag(config: &KioskConfig) -> HeaderValue {
    let mut timeless = config.clone();
    timeless.server_now = 0;
    timeless.kiosk.seq_seen = 0;
    let digest = Sha256::digest(serde_json::to_vec(&timeless).unwrap_or_default());
    // Hexadecimal digits between quotes are always a header value.
    HeaderValue::from_str(&format!("\"{}\"", hex::encode(&digest[..12]))).unwrap_or(HeaderValue::from_static("\"0\""))
}
