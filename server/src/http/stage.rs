//! `GET /stage/{code}`: the screen on the stage or in the foyer.

use app::pages::{
    document,
    stage::{Stage, StageData, StageShows},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Response},
};
use domain::{
    event::{Event, Scheduled, Venue, Window},
    lang::Text,
    response::Channel,
    time::{DAY, Millis},
    ways::ByChannel,
};
use leptos::view;

use super::phone::{
    form::{not_found, shell},
    language::Wanted,
};
use crate::{
    codes::is_code,
    http::{page::PageError, state::AppState},
    local_time::zone,
    opening_hours::open_times,
    qr,
};
use store::{StoreError, codes::Issued, programme::Coded};

/// What is on so long ahead may be said to be next.
const AHEAD: Millis = 60 * DAY;

/// What was on so long ago still has its window: the longest that a venue can choose.
const BEHIND: Millis = 15 * DAY;

/// The code that is on a poster, as large as the screen, while answers are taken by it.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(
    State(state): State<AppState>,
    Path(code): Path<String>,
    wanted: Wanted,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let issued = if is_code(&code) { state.store.system().issued(&code).await? } else { None };
    // A code for mails would say of whoever scans it that they had a mail.
    let Some((venue, on)) = on(&state, issued.filter(|issued| issued.channel == Channel::Qr)).await? else {
        return not_found(&state, code, wanted.lang(&headers).unwrap_or_default()).await;
    };
    let shows = match on {
        On::Now { title, code } => {
            let address = state.address(&format!("/f/{code}"));
            let qr = qr::modules(&address).map_err(|error| PageError::unexpected(&error))?;
            let address = address.split_once("://").map_or(address.as_str(), |(_, short)| short).to_owned();
            StageShows::Code { title, qr, address }
        }
        On::Later(next) => StageShows::Rest { next: next.map(|event| (event.title, event.starts_at)) },
    };
    let mut shell = shell(&state, &code, venue.default_lang().into()).await?;
    shell.path = format!("/stage/{code}");
    let languages = venue.screen_langs();
    let data = StageData { languages, venue: venue.name, time_zone: venue.time_zone, shows };
    Ok(Html(document(move || view! { <Stage data=data shell=shell /> })).into_response())
}

/// What is on.
enum On {
    /// answers are taken by this code
    Now { title: Text, code: String },
    /// nothing now; this is what comes
    Later(Option<Event>),
}

async fn on(state: &AppState, issued: Option<Issued>) -> Result<Option<(Venue, On)>, StoreError> {
    let (store, now) = (state.store.system(), state.clock.now());
    match issued.map(|issued| issued.opens) {
        None => Ok(None),
        Some(Coded::Event(event)) => {
            let Some(venue) = store.venue(event.venue).await? else { return Ok(None) };
            let said = state.cache.settings(venue.id).await?.window;
            let window = ByChannel { channel: Channel::Qr, said }.window(&Scheduled::from(&*event));
            let on = if window.contains(now) {
                On::Now { title: event.title, code: event.code }
            } else {
                On::Later(Some(*event).filter(|event| now < event.window.from))
            };
            Ok(Some((venue, on)))
        }
        Some(Coded::Venue(venue)) => {
            let span = Window { from: now - BEHIND, until: now + AHEAD };
            let events = store.events(venue.id, span).await?;
            let opening = state.cache.settings(venue.id).await?.opening.clone();
            // A house without a programme is asked about whenever it is open.
            let is_open = || {
                let times = open_times(&opening, &zone(&venue.time_zone), &[], now);
                times.is_none_or(|times| times.is_open(now))
            };
            let running =
                events.iter().filter(|event| event.window.contains(now)).max_by_key(|event| event.window.from);
            let code = venue.code.clone();
            let on = match running {
                Some(event) => On::Now { title: event.title.clone(), code },
                None if events.is_empty() && is_open() => On::Now { title: Text::default(), code },
                None => On::Later(events.into_iter().find(|event| event.window.from > now)),
            };
            Ok(Some((venue, on)))
        }
    }
}
