//! `GET /staff/changes`: notices that an open summary is out of date, as server-sent events. A notice
//! carries no data; the page reads its summary again, with its own rights. The stream ends with the
//! session that opened it.

use std::{convert::Infallible, pin::pin, time::Duration};

use axum::{
    extract::Query,
    http::HeaderMap,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{
    id::{EventId, VenueId},
    live_delay::LiveDelay,
};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use tokio::sync::{
    broadcast::error::{RecvError, TryRecvError},
    watch,
};
use tracing::{Instrument, Span};
use uuid::Uuid;

use crate::{
    http::{sign_in::session, staff_context::StaffContext},
    metrics::OpenStream,
    secrets::hash_token,
};
use store::{
    changes::{Change, ScopedChanges},
    error_log::log_error,
    kiosks::TokenHash,
};

/// A busy foyer changes a number many times a second; nobody reads faster than this.
const AT_MOST_EVERY: Duration = Duration::from_millis(250);

/// Where numbers are shown later than they are known, no notice tells when an answer came: the page is read again as
/// often, whatever has happened.
const LATE_EVERY: Duration = Duration::from_secs(15);

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
pub async fn changes(staff: StaffContext, Query(watch): Query<Watch>, headers: HeaderMap) -> Response {
    let changes = staff.store.changes();
    let session = session::token(&headers, staff.is_https()).map(hash_token);
    let stopping = staff.stopping();
    let watcher = Watcher { _is_open: staff.open_stream(), staff, session, watch, span: Span::current() };
    let stream = notices(watcher, changes, stopping);
    let lines = stream.map(|()| Ok::<_, Infallible>(Event::default().event("changed").data("{}")));
    let mut response = Sse::new(lines).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // Proxies that gather answers before passing them on would keep the notices from the page.
    response.headers_mut().insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
    response
}

/// Somebody who watches.
struct Watcher {
    staff: StaffContext,
    session: Option<TokenHash>,
    watch: Watch,
    /// of the request: what goes wrong later stands in it as well
    span: Span,
    /// counted while it lives
    _is_open: OpenStream,
}

impl Watcher {
    /// Whether the session that opened the stream is still one.
    async fn is_welcome(&self) -> bool {
        match self.session {
            Some(session) => self.staff.is_logged_in(session).instrument(self.span.clone()).await,
            None => false,
        }
    }

    /// Whether a notice at once would tell of an answer sooner than its number does. Storage trouble tells nothing.
    async fn is_late(&self) -> bool {
        match self.staff.delay_now().instrument(self.span.clone()).await {
            Ok(delay) => delay != LiveDelay::Off,
            Err(error) => {
                self.span.in_scope(|| log_error(&error));
                true
            }
        }
    }
}

fn notices(watcher: Watcher, changes: ScopedChanges, stopping: watch::Receiver<bool>) -> impl Stream<Item = ()> {
    futures::stream::unfold((watcher, changes, stopping), |(watcher, mut changes, mut stopping)| async move {
        let mut silence = pin!(tokio::time::sleep(SILENCE));
        let mut later = pin!(tokio::time::sleep(LATE_EVERY));
        loop {
            let change = tokio::select! {
                change = changes.recv() => Some(change),
                _ = stopping.wait_for(|stopping| *stopping) => return None,
                () = &mut silence, if watcher.watch.kiosks => Some(Ok(Change::Unknown)),
                () = &mut later, if !watcher.watch.kiosks => None,
            };
            let Some(change) = change else {
                if watcher.is_late().await {
                    return Some(((), (watcher, changes, stopping)));
                }
                later.set(tokio::time::sleep(LATE_EVERY));
                continue;
            };
            let is_late = matches!(change, Ok(Change::Responses { .. })) && watcher.is_late().await;
            let may_end = !matches!(change, Ok(Change::Responses { .. } | Change::Kiosk { .. } | Change::Programme));
            if may_end && !watcher.is_welcome().await {
                return None;
            }
            let concerns = match change {
                Ok(change) => concerns(change, watcher.watch, is_late),
                // Too slow to hear everything: something has changed for certain.
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return None,
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

/// Whether something that changed within the scope is on the page; what came in is not, where it is shown later.
fn concerns(change: Change, watch: Watch, is_late: bool) -> bool {
    match change {
        Change::Responses { .. } if is_late => false,
        Change::Kiosk { .. } | Change::Access => watch.kiosks,
        // What arrived is told of by the next sign of life.
        Change::Responses { .. } if watch.kiosks => false,
        Change::Responses { venue, event } => match (watch.event, watch.venue) {
            (Some(watched), _) => event == Some(EventId(watched)),
            (None, Some(watched)) => event.is_none() && venue == VenueId(watched),
            (None, None) => true,
        },
        Change::Programme | Change::Unknown => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_hears_what_they_watch_and_may_see() {
        let [tent, hall, show, concert] = [1, 2, 3, 4].map(Uuid::from_u128);
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
            assert_eq!([everything, evening, days].map(|watch| concerns(change, watch, false)), heard);
            let is_answer = matches!(change, Change::Responses { .. });
            let late = heard.map(|heard| heard && !is_answer);
            assert_eq!([everything, evening, days].map(|watch| concerns(change, watch, true)), late);
        }
        let tablets = Watch { kiosks: true, ..everything };
        let beat = Change::Kiosk { venue: VenueId(tent) };
        for (change, heard) in [(beat, true), (Change::Access, true), (came(tent, Some(show)), false)] {
            assert_eq!(concerns(change, tablets, false), heard);
        }
        assert!(!concerns(beat, everything, false), "no number changes with a sign of life");
    }
}
