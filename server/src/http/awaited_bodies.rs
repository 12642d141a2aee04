//! Bodies that have room and are not there yet: which of them give it back where others wait.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::body::Body;
use tokio::{sync::Notify, time::Instant};

use super::body::until;

/// Those of one room, the oldest first. `S` is who sends them.
#[derive(Debug)]
pub struct AwaitedBodies<S>(Mutex<Vec<Weak<AwaitedBody<S>>>>);

impl<S> Default for AwaitedBodies<S> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// One of them; forgotten when it is dropped.
#[derive(Debug)]
pub struct AwaitedBody<S> {
    sender: Option<S>,
    units: u32,
    since: Instant,
    /// it is whole, or nobody waits for it any more
    is_over: AtomicBool,
    given_up: Notify,
}

impl<S: Copy + Eq + Send + Sync + 'static> AwaitedBodies<S> {
    /// One that has so much room from now on.
    pub fn add(&self, sender: Option<S>, units: u32) -> Arc<AwaitedBody<S>> {
        let (is_over, given_up) = (AtomicBool::new(false), Notify::new());
        let one = Arc::new(AwaitedBody { sender, units, since: now(), is_over, given_up });
        self.lock().push(Arc::downgrade(&one));
        one
    }

    /// Gives up those that have been waited for so long or longer, the oldest first, until they had so much room: of
    /// everybody, or of one sender.
    pub fn give_up(&self, units: u32, sender: Option<S>, patience: Duration) {
        let now = now();
        let mut freed = 0;
        for one in self.lock().iter().filter_map(Weak::upgrade) {
            let is_late = now.duration_since(one.since) >= patience;
            let is_in_the_way = sender.is_none() || one.sender == sender;
            if freed < units && is_late && is_in_the_way && !one.is_over.swap(true, Ordering::Relaxed) {
                freed += one.units;
                one.given_up.notify_one();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Weak<AwaitedBody<S>>>> {
        // A panic elsewhere leaves the list as good as it was.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|one| one.strong_count() > 0);
        all
    }
}

impl<S: Send + Sync + 'static> AwaitedBody<S> {
    /// The body itself, which breaks off where it is given up.
    pub fn hold(this: &Arc<Self>, body: Body) -> Body {
        let over = Over(Arc::clone(this));
        until(body, async move { over.0.given_up.notified().await })
    }
}

/// Says at its end that nobody waits any more.
struct Over<S>(Arc<AwaitedBody<S>>);

impl<S> Drop for Over<S> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}

#[expect(clippy::disallowed_methods, reason = "what a client may take is real time")]
fn now() -> Instant {
    Instant::now()
}
