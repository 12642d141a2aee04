//! Who holds a connection, and who gives way when there are too many.
//!
//! A connection is a file descriptor, and a server has so many of them. Where all are taken, those give way whose
//! client has kept the server waiting for the longest time: for the head of a request, for its body, or for its answer
//! to be read. So silence costs only the silent. A tablet that has shown its token on a connection keeps it.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::sync::Notify;

/// How many connections there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// at once, over all
    pub most: usize,
    /// at once from one source, where it is known
    pub of_one_source: usize,
}

impl ConnectionLimits {
    /// Of so many files that the process may have open, some are the database's; and of the places, one source has a
    /// quarter.
    #[must_use]
    pub fn for_files(files: u64) -> Self {
        let files = usize::try_from(files).unwrap_or(MOST);
        let most = (files.saturating_sub(FILES_OF_OUR_OWN) / 4 * 3).clamp(16, MOST);
        Self { most, of_one_source: (most / 4).max(1) }
    }

    /// For those who read metrics on an address of its own.
    #[must_use]
    pub const fn of_watchers() -> Self {
        Self { most: 16, of_one_source: 16 }
    }

    /// So many go at once where there is no room, so that a flood is not searched through for each of its connections.
    const fn at_once(self) -> usize {
        if self.most < 32 { 1 } else { self.most / 32 }
    }

    /// So many tablets keep their connection whatever comes.
    const fn kept(self) -> usize {
        if self.most < 8 { 1 } else { self.most / 8 }
    }
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self { most: MOST, of_one_source: MOST / 4 }
    }
}

/// What a small machine carries: each connection holds some kilobytes.
const MOST: usize = 8_192;
/// Database, log, listeners, and connections that have just been given up.
const FILES_OF_OUR_OWN: usize = 128;

/// The connections of a server.
#[derive(Debug)]
pub struct Places {
    limits: ConnectionLimits,
    open: Mutex<Open>,
    /// what time is counted in: only who has waited longer matters
    ticks: AtomicU64,
}

#[derive(Debug, Default)]
struct Open {
    connections: HashMap<u64, Arc<Connection>>,
    by_source: HashMap<IpAddr, usize>,
    known: usize,
    /// since there was room, nobody has been told that there is none
    is_told: bool,
}

/// What is known of a connection.
#[derive(Debug)]
struct Connection {
    source: Option<IpAddr>,
    is_known: AtomicBool,
    /// since when nothing is asked; 0: something is
    idle_since: AtomicU64,
    /// since when the client keeps an answer waiting: its body is not there or its answer is not read; 0: it does not
    owes_since: AtomicU64,
    given_up: Notify,
}

impl Connection {
    /// Since when the server waits for the client; `None`: it does not.
    fn waits_since(&self) -> Option<u64> {
        let since = [&self.idle_since, &self.owes_since].map(|since| since.load(Ordering::Relaxed));
        since.into_iter().filter(|since| *since > 0).min()
    }
}

impl Places {
    /// Nobody has come yet.
    #[must_use]
    pub fn new(limits: ConnectionLimits) -> Arc<Self> {
        Arc::new(Self { limits, open: Mutex::default(), ticks: AtomicU64::new(1) })
    }

    /// A place for a connection. `None` where all are taken by those for whom the server is working.
    pub fn take(self: &Arc<Self>, source: Option<IpAddr>) -> Option<Place> {
        let mut open = self.lock();
        if let Some(source) = source
            && open.by_source.get(&source).is_some_and(|count| *count >= self.limits.of_one_source)
            && !open.give_up(self.limits.at_once(), Some(source))
        {
            return None;
        }
        if open.connections.len() >= self.limits.most && !open.give_up(self.limits.at_once(), None) {
            if !std::mem::replace(&mut open.is_told, true) {
                tracing::error!(connections = self.limits.most, "no connection can be taken: all are being answered");
            }
            return None;
        }
        open.is_told = false;
        let id = self.tick();
        let connection = Arc::new(Connection {
            source,
            is_known: AtomicBool::new(false),
            idle_since: AtomicU64::new(id),
            owes_since: AtomicU64::new(0),
            given_up: Notify::new(),
        });
        if let Some(source) = source {
            *open.by_source.entry(source).or_default() += 1;
        }
        open.connections.insert(id, Arc::clone(&connection));
        Some(Place(Arc::new(Held { id, connection, places: Arc::clone(self) })))
    }

    /// Whether three quarters of the places are taken: nobody may take their time then.
    #[must_use]
    pub fn are_few(&self) -> bool {
        self.lock().connections.len() > self.limits.most / 4 * 3
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        // A panic elsewhere leaves the counts as good as they were.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tick(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::Relaxed)
    }
}

impl Open {
    /// Gives up those whose clients have kept the server waiting for the longest time, `most` of them, all or those of
    /// a source. False where there are none.
    fn give_up(&mut self, most: usize, source: Option<IpAddr>) -> bool {
        let candidates = self.connections.iter().filter(|(_, connection)| {
            !connection.is_known.load(Ordering::Relaxed) && (source.is_none() || connection.source == source)
        });
        let mut waiting: Vec<(u64, u64)> =
            candidates.filter_map(|(id, connection)| Some((connection.waits_since()?, *id))).collect();
        if waiting.len() > most {
            waiting.select_nth_unstable(most);
            waiting.truncate(most);
        }
        for (_, id) in &waiting {
            if let Some(connection) = self.remove(*id) {
                connection.given_up.notify_one();
            }
        }
        !waiting.is_empty()
    }

    fn remove(&mut self, id: u64) -> Option<Arc<Connection>> {
        let connection = self.connections.remove(&id)?;
        if connection.is_known.load(Ordering::Relaxed) {
            self.known -= 1;
        }
        if let Some(source) = connection.source
            && let Some(count) = self.by_source.get_mut(&source)
        {
            *count -= 1;
            if *count == 0 {
                self.by_source.remove(&source);
            }
        }
        Some(connection)
    }
}

/// A connection's place, as long as somebody holds it. Clones are of the same.
#[derive(Clone, Debug)]
pub struct Place(Arc<Held>);

#[derive(Debug)]
struct Held {
    id: u64,
    connection: Arc<Connection>,
    places: Arc<Places>,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.places.lock().remove(self.id);
    }
}

impl Place {
    /// Whoever is on it has shown that they belong here: it is not given up for others.
    pub fn keep(&self) {
        let Held { id, connection, places } = &*self.0;
        if connection.is_known.load(Ordering::Relaxed) {
            return;
        }
        let mut open = places.lock();
        if open.known < places.limits.kept()
            && open.connections.contains_key(id)
            && !connection.is_known.swap(true, Ordering::Relaxed)
        {
            open.known += 1;
        }
    }

    /// Gives way to others until what it returns is dropped: nothing is done for it meanwhile.
    #[must_use]
    pub fn giving_way(&self) -> GivingWay {
        self.set_owing(true);
        GivingWay(self.clone())
    }

    /// Ends when it is given up.
    pub(super) async fn given_up(&self) {
        self.0.connection.given_up.notified().await;
    }

    /// A request has come; it is being answered until this is dropped.
    pub(super) fn answering(&self) -> Answering {
        self.0.connection.idle_since.store(0, Ordering::Relaxed);
        Answering(self.clone())
    }

    /// The client keeps the server waiting, or does not.
    pub(super) fn set_owing(&self, is_owing: bool) {
        let owes_since = &self.0.connection.owes_since;
        if is_owing != (owes_since.load(Ordering::Relaxed) > 0) {
            owes_since.store(if is_owing { self.0.places.tick() } else { 0 }, Ordering::Relaxed);
        }
    }
}

/// A request that waits in line.
#[derive(Debug)]
pub struct GivingWay(Place);

impl Drop for GivingWay {
    fn drop(&mut self) {
        self.0.set_owing(false);
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Answering(Place);

impl Drop for Answering {
    fn drop(&mut self) {
        let Held { connection, places, .. } = &*self.0.0;
        connection.idle_since.store(places.tick(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn places(most: usize, of_one_source: usize) -> Arc<Places> {
        Places::new(ConnectionLimits { most, of_one_source })
    }

    fn ip(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    fn is_given_up(place: &Place) -> bool {
        place.given_up().now_or_never().is_some()
    }

    #[test]
    fn who_has_kept_the_server_waiting_longest_gives_way() {
        let places = places(3, 3);
        let [first, second, third] = [(); 3].map(|()| places.take(None).unwrap());
        let asked = first.answering();
        let fourth = places.take(None).unwrap();
        assert!(!is_given_up(&first), "it is being answered");
        assert!(is_given_up(&second) && !is_given_up(&third));
        drop(asked);
        let _fifth = places.take(None).unwrap();
        assert!(is_given_up(&third) && !is_given_up(&fourth));
    }

    #[test]
    fn a_body_that_does_not_come_and_an_answer_that_nobody_reads_are_waited_for_too() {
        let places = places(2, 2);
        let [slow, fast] = [(); 2].map(|()| places.take(None).unwrap());
        let _asked = [slow.answering(), fast.answering()];
        assert!(places.take(None).is_none(), "everybody is being answered");
        slow.set_owing(true);
        fast.set_owing(true);
        fast.set_owing(false);
        let _third = places.take(None).unwrap();
        assert!(is_given_up(&slow) && !is_given_up(&fast));
    }

    #[test]
    fn a_tablet_that_is_known_keeps_its_connection() {
        let places = places(8, 8);
        let tablet = places.take(None).unwrap();
        tablet.keep();
        let other = places.take(None).unwrap();
        other.keep();
        let flood: Vec<Place> = (0..100).map(|_| places.take(None).unwrap()).collect();
        assert!(!is_given_up(&tablet));
        assert!(is_given_up(&other), "one in eight is kept");
        assert_eq!(flood.iter().filter(|place| !is_given_up(place)).count(), 7);
    }

    #[test]
    fn one_source_drives_out_only_itself() {
        let places = places(8, 2);
        let honest = places.take(Some(ip(1))).unwrap();
        let flood: Vec<Place> = (0..100).map(|_| places.take(Some(ip(2))).unwrap()).collect();
        assert!(!is_given_up(&honest));
        assert_eq!(flood.iter().filter(|place| !is_given_up(place)).count(), 2);
        drop(flood);
        let _again = [places.take(Some(ip(2))).unwrap(), places.take(Some(ip(2))).unwrap()];
        assert!(!is_given_up(&honest));
        assert!(!places.are_few());
    }

    #[test]
    fn the_database_keeps_its_files() {
        assert_eq!(ConnectionLimits::for_files(1_024), ConnectionLimits { most: 672, of_one_source: 168 });
        assert_eq!(ConnectionLimits::for_files(u64::MAX), ConnectionLimits::default());
        assert_eq!(ConnectionLimits::for_files(0).most, 16);
    }
}
