//! `GET /staff/changes`: notices that an open summary is out of date, as server-sent events. A notice
//! carries no data; the page reads its summary again, with its own rights.

use std::{convert::Infallible, time::Duration};

use app::domain::id::EventId;
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
    /// one event; otherwise everything the reader may see
    pub event: Option<Uuid>,
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
            reader.scope.allows(venue) && watch.event.is_none_or(|watched| event == Some(EventId(watched)))
        }
        Change::Programme | Change::Unknown => true,
        Change::Access => false,
    }
}
