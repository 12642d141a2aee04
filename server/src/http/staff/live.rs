//! `GET /staff/changes`: notices that an open summary is out of date, as server-sent events. A notice
//! carries no data; the page reads its summary again, with its own rights.

use std::{convert::Infallible, time::Duration};

use app::domain::id::{EventId, VenueId};
use axum::{
    Extension,
    extract::{Query, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

use crate::{http::access::Reader, state::AppState, store::changes::Change};

/// A busy foyer changes a number many times a second; nobody reads faster than this.
const AT_MOST_EVERY: Duration = Duration::from_millis(250);

/// What somebody watches.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Watch {
    /// one event
    pub event: Option<Uuid>,
    /// a venue's days, outside its events; with neither, everything the reader may see
    pub venue: Option<Uuid>,
}

/// Opens the stream.
pub async fn changes(
    State(state): State<AppState>,
    Extension(reader): Extension<Reader>,
    Query(watch): Query<Watch>,
) -> Response {
    let stream = notices(state.store.changes(), state.stopping.clone(), reader, watch);
    let lines = stream.map(|()| Ok::<_, Infallible>(Event::default().event("changed").data("{}")));
    let mut response = Sse::new(lines).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // Proxies that gather answers before passing them on would keep the news from the page.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

fn notices(
    changes: broadcast::Receiver<Change>,
    stopping: watch::Receiver<bool>,
    reader: Reader,
    watch: Watch,
) -> impl Stream<Item = ()> {
    futures::stream::unfold(
        (changes, stopping, reader, watch),
        |(mut changes, mut stopping, reader, watch)| async move {
            loop {
                let change = tokio::select! {
                    change = changes.recv() => change,
                    _ = stopping.wait_for(|stopping| *stopping) => return None,
                };
                let concerns = match change {
                    Ok(change) => concerns(change, &reader, watch),
                    // Too slow to hear everything: something has changed for certain.
                    Err(broadcast::error::RecvError::Lagged(_)) => true,
                    Err(broadcast::error::RecvError::Closed) => return None,
                };
                if concerns {
                    tokio::time::sleep(AT_MOST_EVERY).await;
                    // What came meanwhile is told by this very notice.
                    while !matches!(
                        changes.try_recv(),
                        Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed)
                    ) {}
                    return Some(((), (changes, stopping, reader, watch)));
                }
            }
        },
    )
}

fn concerns(change: Change, reader: &Reader, watch: Watch) -> bool {
    match change {
        Change::Responses { venue, event } => {
            let is_watched = match (watch.event, watch.venue) {
                (Some(watched), _) => event == Some(EventId(watched)),
                (None, Some(watched)) => event.is_none() && venue == VenueId(watched),
                (None, None) => true,
            };
            is_watched && reader.scope.allows(venue)
        }
        Change::Programme | Change::Unknown => true,
        Change::Access => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Scope, staff::Role};

    #[test]
    fn everybody_hears_what_they_watch_and_may_see() {
        let [tent, hall, show, concert] = [1, 2, 3, 4].map(Uuid::from_u128);
        let reader = |scope| Reader { role: Role::Viewer, scope, user: None };
        let came = |venue, event: Option<Uuid>| Change::Responses { venue: VenueId(venue), event: event.map(EventId) };
        let everything = Watch { event: None, venue: None };
        let (evening, days) = (Watch { event: Some(show), ..everything }, Watch { venue: Some(tent), ..everything });
        for (change, heard) in [
            (came(tent, Some(show)), [true, true, false]),
            (came(tent, Some(concert)), [true, false, false]),
            (came(tent, None), [true, false, true]),
            (came(hall, None), [true, false, false]),
            (Change::Unknown, [true, true, true]),
            (Change::Access, [false, false, false]),
        ] {
            assert_eq!([everything, evening, days].map(|watch| concerns(change, &reader(Scope::All), watch)), heard);
        }
        let elsewhere = reader(Scope::Venues(vec![VenueId(hall)]));
        assert!(!concerns(came(tent, None), &elsewhere, days), "not even that something came");
    }
}
