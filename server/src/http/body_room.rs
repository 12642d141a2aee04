//! How much memory the bodies of requests may take together.
//!
//! A short body, such as any honest answer, is read at once. For a longer one its sender waits until there is room for
//! all of it, so that a hundred that come at once are read some at a time. Tablets, which are known, have room of their
//! own: no stranger takes theirs.

use std::{sync::Arc, time::Duration};

use api::responses::Batch;
use axum::http::{HeaderMap, header};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::access::Access;

/// Up to so many bytes a body is short.
const SHORT: usize = 8 * 1024;
/// What long bodies of tablets have together, in units of [`UNIT`]: three of the longest.
const OF_TABLETS: usize = 3 * Batch::MAX_BYTES / UNIT;
/// The same for everybody else.
const OF_OTHERS: usize = 8 * 1024 * 1024 / UNIT;
/// The longest that is taken from anybody but tablets.
const LONGEST_OF_OTHERS: usize = 64 * 1024;
/// What room is counted in, in bytes.
const UNIT: usize = 1024;
/// So long a sender waits for room.
const PATIENCE: Duration = Duration::from_secs(10);

/// There is no room; so long one should wait before one asks again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many long requests at once")]
pub struct NoRoom(
    /// from now on
    pub Duration,
);

/// The room of one server.
#[derive(Debug)]
pub struct BodyRoom {
    tablets: Arc<Semaphore>,
    others: Arc<Semaphore>,
}

impl Default for BodyRoom {
    fn default() -> Self {
        Self { tablets: Arc::new(Semaphore::new(OF_TABLETS)), others: Arc::new(Semaphore::new(OF_OTHERS)) }
    }
}

impl BodyRoom {
    /// Room for the body of a request, until what is returned is dropped; `None`: it needs none.
    ///
    /// # Errors
    /// Where no room came free in time.
    pub async fn enter(&self, access: Access, headers: &HeaderMap) -> Result<Option<OwnedSemaphorePermit>, NoRoom> {
        let (room, longest) = match access {
            Access::Kiosk => (&self.tablets, Batch::MAX_BYTES),
            Access::Public
            | Access::PublicForm
            | Access::Tablet
            | Access::Staff(_)
            | Access::Metrics
            | Access::Api(_) => (&self.others, LONGEST_OF_OTHERS),
        };
        let bytes = length(headers).min(longest);
        if bytes <= SHORT {
            return Ok(None);
        }
        let units = u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX);
        let entered = timeout(PATIENCE, Arc::clone(room).acquire_many_owned(units)).await;
        entered.ok().and_then(Result::ok).map(Some).ok_or(NoRoom(PATIENCE))
    }
}

/// How long a body says it is; what does not say so may be as long as it likes.
fn length(headers: &HeaderMap) -> usize {
    let Some(length) = headers.get(header::CONTENT_LENGTH) else {
        return if headers.contains_key(header::TRANSFER_ENCODING) { usize::MAX } else { 0 };
    };
    length.to_str().ok().and_then(|length| length.parse().ok()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn says(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, header::HeaderValue::from_static(value))])
    }

    #[tokio::test]
    async fn three_of_the_longest_are_read_at_once_and_short_ones_always() {
        let room = BodyRoom::default();
        let long = says(header::CONTENT_LENGTH, "8388608");
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(room.enter(Access::Kiosk, &long).await.unwrap().unwrap());
        }
        assert!(room.enter(Access::Kiosk, &long).now_or_never().is_none(), "the fourth waits");
        let endless = says(header::TRANSFER_ENCODING, "chunked");
        assert!(room.enter(Access::Kiosk, &endless).now_or_never().is_none(), "and so does what has no length");
        let short = says(header::CONTENT_LENGTH, "8192");
        assert!(room.enter(Access::Kiosk, &short).await.unwrap().is_none());
        assert!(room.enter(Access::Public, &HeaderMap::new()).await.unwrap().is_none());
        assert!(room.enter(Access::PublicForm, &endless).await.unwrap().is_some(), "others have theirs");
        held.pop();
        assert!(room.enter(Access::Kiosk, &long).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn strangers_have_no_more_than_their_room() {
        let room = BodyRoom::default();
        let endless = says(header::CONTENT_LENGTH, "99999999999");
        let held: Vec<_> = (0..200).filter_map(|_| room.enter(Access::Public, &endless).now_or_never()).collect();
        assert_eq!(held.len(), 128);
    }
}
