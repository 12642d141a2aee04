//! `GET /staff/changes`: notices that an open summary is out of date, as server-sent events. A notice
//! carries no data; the page reads its summary again, with its own rights. The stream ends with the
//! session that opened it.

use std::{convert::Infallible, pin::pin, time::Duration};

use axum::{
    Extension,
    extract::{Query, State},
    http::HeaderMap,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::id::{EventId, VenueId};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use tokio::sync::{
    broadcast::{self, error::TryRecvError},
    watch,
};
use uuid::Uuid;

use super::session;
use crate::{
    error_log::log_error,
    http::{access::Principal, state::AppState},
    metrics::OpenStream,
    secrets::hash_token,
};
use store::{changes::Change, kiosks::TokenHash};

/// A busy foyer changes a number many times a second; nobody reads faster than this.
const AT_MOST_EVERY: Duration = Duration::from_millis(250);

/// That a tablet is silent nobody tells: time passes, and its page must be read again.
const SILENCE: Duration = Duration::from_mins(1);

/// What somebody watches.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Watch {
    /// one event
    pub event: Option<Uuid>,
    /// a venue's days, outside its events; with neither, every answer that the reader may see
    pub venue: Option<Uuid>,
    /// the tablets instead
    #[serde(default)]
    pub kiosks: bool,
}

/// Opens the stream.
pub async fn changes(
    State(state): State<AppState>,
    Extension(principal): Extension<Principal>,
    Query(watch): Query<Watch>,
    headers: HeaderMap,
) -> Response {
    let changes = state.store.changes();
    let session = session::token(&headers, state.is_https()).map(hash_token);
    let stopping = state.stopping.clone();
    let is_open = state.metrics.open_stream();
    let stream = notices(Watcher { state, session, principal, watch, _is_open: is_open }, changes, stopping);
    let lines = stream.map(|()| Ok::<_, Infallible>(Event::default().event("changed").data("{}")));
    let mut response = Sse::new(lines).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // Proxies that gather answers before passing them on would keep the news from the page.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

/// Somebody who watches.
struct Watcher {
    state: AppState,
    session: Option<TokenHash>,
    principal: Principal,
    watch: Watch,
    /// counted while it lives
    _is_open: OpenStream,
}

impl Watcher {
    /// Whether the session that opened the stream is still one.
    async fn is_welcome(&self) -> bool {
        let Some(session) = self.session else { return false };
        match self.state.store.session(session, self.state.clock.now()).await {
            Ok(user) => user.is_some(),
            // Storage trouble logs nobody out.
            Err(error) => {
                log_error(&error);
                true
            }
        }
    }
}

fn notices(
    watcher: Watcher,
    changes: broadcast::Receiver<Change>,
    stopping: watch::Receiver<bool>,
) -> impl Stream<Item = ()> {
    futures::stream::unfold((watcher, changes, stopping), |(watcher, mut changes, mut stopping)| async move {
        let mut silence = pin!(tokio::time::sleep(SILENCE));
        loop {
            let change = tokio::select! {
                change = changes.recv() => change,
                _ = stopping.wait_for(|stopping| *stopping) => return None,
                () = &mut silence, if watcher.watch.kiosks => Ok(Change::Unknown),
            };
            let may_end = !matches!(change, Ok(Change::Responses { .. } | Change::Kiosk { .. } | Change::Programme));
            if may_end && !watcher.is_welcome().await {
                return None;
            }
            let concerns = match change {
                Ok(change) => concerns(change, &watcher.principal, watcher.watch),
                // Too slow to hear everything: something has changed for certain.
                Err(broadcast::error::RecvError::Lagged(_)) => true,
                Err(broadcast::error::RecvError::Closed) => return None,
            };
            if concerns {
                tokio::time::sleep(AT_MOST_EVERY).await;
                // What came meanwhile is told by this very notice.
                let mut may_end = false;
                loop {
                    match changes.try_recv() {
                        Ok(Change::Responses { .. } | Change::Kiosk { .. } | Change::Programme) => {}
                        Ok(_) | Err(TryRecvError::Lagged(_)) => may_end = true,
                        Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                    }
                }
                if may_end && !watcher.is_welcome().await {
                    return None;
                }
                return Some(((), (watcher, changes, stopping)));
            }
        }
    })
}

fn concerns(change: Change, principal: &Principal, watch: Watch) -> bool {
    match change {
        Change::Kiosk { venue } => watch.kiosks && principal.scope.allows(venue),
        // What arrived is told of by the next sign of life.
        Change::Responses { .. } if watch.kiosks => false,
        Change::Responses { venue, event } => {
            let is_watched = match (watch.event, watch.venue) {
                (Some(watched), _) => event == Some(EventId(watched)),
                (None, Some(watched)) => event.is_none() && venue == VenueId(watched),
                (None, None) => true,
            };
            is_watched && principal.scope.allows(venue)
        }
        Change::Programme | Change::Unknown => true,
        Change::Access => watch.kiosks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::{Scope, staff::Role};

    #[test]
    fn everybody_hears_what_they_watch_and_may_see() {
        let [tent, hall, show, concert] = [1, 2, 3, 4].map(Uuid::from_u128);
        let principal = |scope| Principal { role: Role::Viewer, scope, user: None };
        let came = |venue, event: Option<Uuid>| Change::Responses { venue: VenueId(venue), event: event.map(EventId) };
        let everything = Watch { event: None, venue: None, kiosks: false };
        let (evening, days) = (Watch { event: Some(show), ..everything }, Watch { venue: Some(tent), ..everything });
        for (change, heard) in [
            (came(tent, Some(show)), [true, true, false]),
            (came(tent, Some(concert)), [true, false, false]),
            (came(tent, None), [true, false, true]),
            (came(hall, None), [true, false, false]),
            (Change::Unknown, [true, true, true]),
            (Change::Access, [false, false, false]),
        ] {
            assert_eq!([everything, evening, days].map(|watch| concerns(change, &principal(Scope::All), watch)), heard);
        }
        let tablets = Watch { kiosks: true, ..everything };
        let beat = Change::Kiosk { venue: VenueId(tent) };
        for (change, heard) in [(beat, true), (Change::Access, true), (came(tent, Some(show)), false)] {
            assert_eq!(concerns(change, &principal(Scope::All), tablets), heard);
        }
        assert!(!concerns(beat, &principal(Scope::All), everything), "no number changes with a sign of life");
        let elsewhere = principal(Scope::Venues(vec![VenueId(hall)]));
        assert!(!concerns(came(tent, None), &elsewhere, days), "not even that something came");
        assert!(!concerns(beat, &elsewhere, tablets));
    }
}
