//! How much memory the bodies of requests may take together.
//!
//! A short body, such as any honest answer, is read at once. For a longer one its sender waits until there is room for
//! all of it, so that a hundred that come at once are read some at a time. Tablets, which are known, have room of their
//! own: no stranger takes theirs.
//!
//! Room is given for what a body says it will be, and a body may take a minute to come, or never come. So each sender has
//! a share, and where somebody waits for room, bodies that are not there after some seconds are given up, the oldest
//! first. Whoever promises much and sends nothing is in nobody's way.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use api::responses::Batch;
use axum::{
    body::Body,
    http::{Extensions, HeaderMap, header},
};
use domain::id::PairingId;
use store::kiosks::Pairing;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{
    access::Access,
    awaited_bodies::{AwaitedBodies, AwaitedBody},
    uploads::LARGEST_UPLOAD,
};
use crate::client_address::Source;

/// Up to so many bytes a body is short.
const SHORT: usize = 8 * 1024;
/// What long bodies of tablets have together, in units of [`UNIT`]: three of the longest.
const OF_TABLETS: usize = 3 * Batch::MAX_BYTES / UNIT;
/// The same for everybody else.
const OF_OTHERS: usize = 8 * 1024 * 1024 / UNIT;
/// What one tablet has of it: the longest that it may send.
const OF_ONE_TABLET: usize = Batch::MAX_BYTES / UNIT;
/// What one of the others has: sixteen of the longest, since a whole hall may have one address.
const OF_ONE_SOURCE: usize = 16 * LONGEST_OF_OTHERS / UNIT;
/// The longest that is taken from anybody but tablets.
const LONGEST_OF_OTHERS: usize = 64 * 1024;
/// What files have together: two of the largest.
const OF_FILES: usize = 2 * OF_ONE_FILE;
/// What one sender of files has of it: the largest, and what stands around it.
const OF_ONE_FILE: usize = LARGEST_UPLOAD / UNIT;
/// What room is counted in, in bytes.
const UNIT: usize = 1024;
/// So long a sender waits for room.
const PATIENCE: Duration = Duration::from_secs(10);
/// So long a body may take where others wait for its room: [`LONGEST_OF_OTHERS`] come in it over a bad line.
const PATIENCE_WHEN_LOW: Duration = Duration::from_secs(5);
/// So long a file may take where others wait for its room.
const PATIENCE_WITH_FILES: Duration = Duration::from_secs(30);
/// So often who waits looks whose time is over.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// Why a body is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no room; so long one should wait before one asks again.
    #[error("too many long requests at once")]
    NoRoom(Duration),
    /// It says that it is longer than any that is read here: so many bytes.
    #[error("longer than {0} bytes")]
    TooLong(usize),
}

/// Who sends a body, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sender {
    Tablet(PairingId),
    Source(IpAddr),
}

impl Sender {
    /// As the guard and the connection have found it.
    fn of(found: &Extensions) -> Option<Self> {
        let tablet = found.get::<Pairing>().map(|pairing| Self::Tablet(pairing.id));
        tablet.or_else(|| found.get::<Source>()?.0.map(Self::Source))
    }
}

/// Room for one body, until it is dropped.
#[derive(Debug)]
pub struct BodyPermit {
    awaited: Arc<AwaitedBody<Sender>>,
    _of_sender: Option<OwnedSemaphorePermit>,
    _of_all: OwnedSemaphorePermit,
}

impl BodyPermit {
    /// The body that the room is for: it breaks off where others need the room and it is not there.
    pub fn hold(&self, body: Body) -> Body {
        AwaitedBody::hold(&self.awaited, body)
    }
}

/// Room that several share.
#[derive(Debug)]
struct Shared {
    all: Arc<Semaphore>,
    of_one: usize,
    /// of those who hold some or wait for it, and of nobody else
    shares: Mutex<HashMap<Sender, Weak<Semaphore>>>,
    awaited: AwaitedBodies<Sender>,
    /// how long a body may take where others wait for its room
    patience_when_low: Duration,
}

impl Shared {
    fn new(all: usize, of_one: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(all)),
            of_one,
            shares: Mutex::default(),
            awaited: AwaitedBodies::default(),
            patience_when_low: PATIENCE_WHEN_LOW,
        }
    }

    fn share(&self, sender: Sender) -> Arc<Semaphore> {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(share) = shares.get(&sender).and_then(Weak::upgrade) {
            return share;
        }
        shares.retain(|_, share| share.strong_count() > 0);
        let share = Arc::new(Semaphore::new(self.of_one));
        shares.insert(sender, Arc::downgrade(&share));
        share
    }

    /// Waits first where only one's own bodies are in the way. `None` only where a semaphore were closed, which none is.
    async fn take(&self, units: u32, sender: Option<Sender>) -> Option<BodyPermit> {
        let of_sender = match sender {
            Some(sender) => Some(self.acquire(self.share(sender), units, Some(sender)).await?),
            None => None,
        };
        let of_all = self.acquire(Arc::clone(&self.all), units, None).await?;
        let awaited = self.awaited.add(sender, units);
        Some(BodyPermit { awaited, _of_sender: of_sender, _of_all: of_all })
    }

    /// Waits for room, and meanwhile sends away whose time is over: of everybody, or of one sender.
    async fn acquire(&self, of: Arc<Semaphore>, units: u32, sender: Option<Sender>) -> Option<OwnedSemaphorePermit> {
        let mut room = std::pin::pin!(of.acquire_many_owned(units));
        loop {
            if let Ok(taken) = timeout(LOOK_AGAIN, &mut room).await {
                return taken.ok();
            }
            self.awaited.give_up(units, sender, self.patience_when_low);
        }
    }
}

/// The room of one server.
#[derive(Debug)]
pub struct BodyRoom {
    tablets: Shared,
    files: Shared,
    others: Shared,
}

impl Default for BodyRoom {
    fn default() -> Self {
        Self {
            tablets: Shared::new(OF_TABLETS, OF_ONE_TABLET),
            files: Shared { patience_when_low: PATIENCE_WITH_FILES, ..Shared::new(OF_FILES, OF_ONE_FILE) },
            others: Shared::new(OF_OTHERS, OF_ONE_SOURCE),
        }
    }
}

impl BodyRoom {
    /// Room for the body of a request, until what is returned is dropped; `None`: it needs none. Who sends it stands in
    /// the extensions of the request.
    ///
    /// # Errors
    /// Where it says that it is too long, and where no room came free in time.
    pub async fn enter(
        &self,
        access: Access,
        headers: &HeaderMap,
        found: &Extensions,
    ) -> Result<Option<BodyPermit>, Refused> {
        let (room, longest) = match access {
            Access::Kiosk => (&self.tablets, Batch::MAX_BYTES),
            Access::Upload(_) => (&self.files, LARGEST_UPLOAD),
            Access::Public
            | Access::PublicForm
            | Access::Tablet
            | Access::Staff(_)
            | Access::Metrics
            | Access::Api(_) => (&self.others, LONGEST_OF_OTHERS),
        };
        let bytes = match length(headers) {
            // Who sends a file that is too large is heard to the end, and reads in a page what is wrong with it.
            Length::Said(bytes) if matches!(access, Access::Upload(_)) => bytes.min(longest),
            Length::Said(bytes) if bytes > longest => return Err(Refused::TooLong(longest)),
            Length::Said(bytes) => bytes,
            Length::Unsaid => longest,
        };
        if bytes <= SHORT {
            return Ok(None);
        }
        let units = u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX);
        let taken = timeout(PATIENCE, room.take(units, Sender::of(found))).await;
        taken.ok().flatten().map(Some).ok_or(Refused::NoRoom(PATIENCE))
    }
}

/// How long a body says it is.
enum Length {
    Said(usize),
    /// as long as it likes
    Unsaid,
}

fn length(headers: &HeaderMap) -> Length {
    match headers.get(header::CONTENT_LENGTH) {
        // A number that no machine can count to is a length all the same.
        Some(length) => Length::Said(length.to_str().ok().and_then(|length| length.parse().ok()).unwrap_or(usize::MAX)),
        None if headers.contains_key(header::TRANSFER_ENCODING) => Length::Unsaid,
        None => Length::Said(0),
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::http::body;

    fn says(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, header::HeaderValue::from_static(value))])
    }

    fn nobody() -> Extensions {
        Extensions::new()
    }

    fn tablet(n: u128) -> Extensions {
        let pairing = Pairing {
            id: uuid::Uuid::from_u128(n).into(),
            kiosk: uuid::Uuid::from_u128(n).into(),
            kiosk_name: "Foyer".into(),
            venue: uuid::Uuid::from_u128(1).into(),
        };
        let mut found = Extensions::new();
        found.insert(pairing);
        found
    }

    fn at(address: &str) -> Extensions {
        let mut found = Extensions::new();
        found.insert(Source(address.parse().ok()));
        found
    }

    #[tokio::test]
    async fn three_of_the_longest_are_read_at_once_and_short_ones_always() {
        let room = BodyRoom::default();
        let long = says(header::CONTENT_LENGTH, "8388608");
        let mut held = Vec::new();
        for n in 0..3 {
            held.push(room.enter(Access::Kiosk, &long, &tablet(n)).await.unwrap().unwrap());
        }
        assert!(room.enter(Access::Kiosk, &long, &tablet(3)).now_or_never().is_none(), "the fourth waits");
        let endless = says(header::TRANSFER_ENCODING, "chunked");
        assert!(
            room.enter(Access::Kiosk, &endless, &tablet(3)).now_or_never().is_none(),
            "and so does what has no length"
        );
        let short = says(header::CONTENT_LENGTH, "8192");
        assert!(room.enter(Access::Kiosk, &short, &tablet(3)).await.unwrap().is_none());
        assert!(room.enter(Access::Public, &HeaderMap::new(), &nobody()).await.unwrap().is_none());
        assert!(room.enter(Access::PublicForm, &endless, &nobody()).await.unwrap().is_some(), "others have theirs");
        held.pop();
        assert!(room.enter(Access::Kiosk, &long, &tablet(3)).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn strangers_have_no_more_than_their_room() {
        let room = BodyRoom::default();
        let endless = says(header::TRANSFER_ENCODING, "chunked");
        let held: Vec<_> =
            (0..200).filter_map(|_| room.enter(Access::Public, &endless, &nobody()).now_or_never()).collect();
        assert_eq!(held.len(), 128);
    }

    #[tokio::test]
    async fn who_promises_much_and_sends_nothing_is_in_nobodys_way() {
        let room = BodyRoom::default();
        let long = says(header::CONTENT_LENGTH, "8388608");
        let held = room.enter(Access::Kiosk, &long, &tablet(1)).await.unwrap();
        assert!(room.enter(Access::Kiosk, &long, &tablet(1)).now_or_never().is_none(), "its own second one waits");
        let batch = says(header::CONTENT_LENGTH, "40000");
        for n in 2..10 {
            assert!(room.enter(Access::Kiosk, &batch, &tablet(n)).await.unwrap().is_some(), "tablet {n}");
        }
        drop(held);
        assert!(room.enter(Access::Kiosk, &long, &tablet(1)).await.unwrap().is_some());

        let endless = says(header::TRANSFER_ENCODING, "chunked");
        let promise = || room.enter(Access::PublicForm, &endless, &at("203.0.113.7")).now_or_never();
        let promised: Vec<_> = (0..200).filter_map(|_| promise()).collect();
        assert_eq!(promised.len(), 16);
        let comment = says(header::CONTENT_LENGTH, "12000");
        assert!(room.enter(Access::PublicForm, &comment, &at("203.0.113.8")).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn what_says_that_it_is_too_long_needs_no_room() {
        let room = BodyRoom::default();
        for (access, length, longest) in [
            (Access::Kiosk, "8388609", Batch::MAX_BYTES),
            (Access::PublicForm, "65537", LONGEST_OF_OTHERS),
            (Access::Public, "99999999999999999999999999", LONGEST_OF_OTHERS),
        ] {
            let refused = room.enter(access, &says(header::CONTENT_LENGTH, length), &nobody()).await;
            assert_eq!(refused.unwrap_err(), Refused::TooLong(longest), "{length}");
        }
    }

    /// Bodies that have room, and how they end.
    fn held(permits: &[BodyPermit]) -> Vec<impl Future<Output = Option<body::Unread>> + use<>> {
        let silent = || Body::from_stream(futures::stream::pending::<Result<&str, std::io::Error>>());
        let held = permits.iter().map(|permit| permit.hold(silent()));
        held.map(|body| async { body::whole(body, LONGEST_OF_OTHERS).await.err() }).collect()
    }

    #[tokio::test]
    async fn the_silent_lose_their_room_where_it_is_needed() {
        let mut room = BodyRoom::default();
        room.others.patience_when_low = Duration::ZERO;
        let endless = says(header::TRANSFER_ENCODING, "chunked");
        let mut permits = Vec::new();
        for _ in 0..128 {
            permits.push(room.enter(Access::PublicForm, &endless, &nobody()).await.unwrap().unwrap());
        }
        let mut bodies: Vec<_> = held(&permits).into_iter().map(Box::pin).collect();
        assert!(bodies.iter_mut().all(|body| body.now_or_never().is_none()), "who is alone may take a minute");
        drop(bodies.remove(0));
        let mut permits = permits.into_iter();
        let answered = permits.next();
        let oldest = permits.next();
        let gone = async {
            assert_eq!(bodies.remove(0).await, Some(body::Unread::TooSlow));
            drop(oldest);
        };
        let comment = says(header::CONTENT_LENGTH, "12000");
        let found = at("203.0.113.8");
        let (taken, ()) = tokio::join!(room.enter(Access::PublicForm, &comment, &found), gone);
        assert!(taken.unwrap().is_some());
        assert!(bodies.iter_mut().all(|body| body.now_or_never().is_none()), "no more than are in the way");
        drop(answered);
    }

    #[tokio::test]
    async fn shares_are_forgotten_with_the_last_body() {
        let room = BodyRoom::default();
        let long = says(header::CONTENT_LENGTH, "60000");
        for n in 0..100 {
            drop(room.enter(Access::PublicForm, &long, &at(&format!("203.0.113.{n}"))).await.unwrap());
        }
        assert_eq!(room.others.shares.lock().unwrap().len(), 1);
    }
}
