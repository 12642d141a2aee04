//! The throttle against guessing passwords.
//!
//! It is in memory, so that a guess costs the database nothing: what is refused reads and writes nothing, and an
//! account that is shut for a while is written down once, for other servers and for a restart. Each server counts on
//! its own until then. A browser that has logged in before has attempts of its own, which no stranger can use up.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::time::{MINUTE, Millis};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};

use super::{rate_limit::RateLimit, source_limits::SourceLimits};
use store::{StoreError, SystemStore};

/// So many attempts with one address ...
pub const ATTEMPTS: u32 = 5;
/// ... within this time, and the address waits.
pub const WITHIN: Millis = 15 * MINUTE;

/// Passwords that are looked at for one source: an office behind one router.
const OF_ONE_SOURCE: RateLimit = RateLimit { at_once: 20, per_second: 1 };
/// And over all: each takes a core for some 30 ms.
const OVER_ALL: RateLimit = RateLimit { at_once: 60, per_second: 4 };

/// So many accounts and browsers are remembered: more than [`OVER_ALL`] lets through within [`WITHIN`].
const REMEMBERED: usize = 10_000;

/// Strangers' attempts that are answered at once ...
const AT_ONCE: usize = 4;
/// ... and how long each of them holds its turn: a flood is answered at this pace, and waits without costing anything.
const TURN: Duration = Duration::from_millis(50);
/// So many of one source wait in line ...
const LINE_OF_ONE_SOURCE: usize = 8;
/// ... and so many of those whose source is not known.
const LINE_OF_UNKNOWN: usize = 4_096;
/// Whoever does not fit in is told so, but not soon.
const NOT_SOON: Duration = Duration::from_secs(10);

/// Whose attempts are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Guesser {
    /// whoever types this address, in lower case
    Stranger(String),
    /// a browser that has logged in with this address before, by the number in its cookie
    Browser([u8; 16]),
}

/// Attempts to log in.
#[derive(Debug)]
pub struct LoginThrottle {
    limits: SourceLimits,
    attempts: Mutex<HashMap<Guesser, Attempts>>,
    turns: Arc<Semaphore>,
    line: Arc<Mutex<HashMap<Option<IpAddr>, usize>>>,
}

/// Of one guesser.
#[derive(Clone, Copy, Debug)]
struct Attempts {
    /// when the first was, or since when no more are looked at
    since: Millis,
    count: u32,
    is_written: bool,
}

impl Attempts {
    const fn is_past(self, now: Millis) -> bool {
        // A clock that was set back must not shut anybody out.
        now > self.since + WITHIN || now < self.since
    }
}

impl Default for LoginThrottle {
    fn default() -> Self {
        Self {
            limits: SourceLimits::new(OF_ONE_SOURCE, OVER_ALL),
            attempts: Mutex::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            line: Arc::default(),
        }
    }
}

impl LoginThrottle {
    /// Waits for a stranger's turn. `None`, after a while, where too many of the same source wait.
    pub async fn turn(&self, source: Option<IpAddr>) -> Option<Turn> {
        let most = if source.is_some() { LINE_OF_ONE_SOURCE } else { LINE_OF_UNKNOWN };
        let Some(_waiting) = InLine::join(&self.line, source, most) else {
            sleep(NOT_SOON).await;
            return None;
        };
        Some(Turn(Arc::clone(&self.turns).acquire_owned().await.ok()))
    }

    /// Whether a password may be looked at now. The attempt is counted before it is: many that come at once cannot all
    /// find that nobody has tried yet.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn may_try(
        &self,
        store: &dyn SystemStore,
        guesser: &Guesser,
        source: Option<IpAddr>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let known = self.attempts(guesser, now);
        if known.is_some_and(|known| known.count >= ATTEMPTS) {
            return Ok(false);
        }
        let mut shut_before = None;
        if let Guesser::Stranger(email) = guesser {
            if self.limits.count(source, now).is_err() {
                return Ok(false);
            }
            if known.is_none() {
                shut_before = store.last_failed_login(&key_of(email), now - WITHIN).await?;
            }
        }
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() >= REMEMBERED {
            attempts.retain(|_, attempts| !attempts.is_past(now));
        }
        if attempts.len() >= REMEMBERED && !attempts.contains_key(guesser) {
            return Ok(false);
        }
        let begun = shut_before.map_or(Attempts { since: now, count: 0, is_written: false }, |since| Attempts {
            since,
            count: ATTEMPTS,
            is_written: true,
        });
        let attempts = attempts.entry(guesser.clone()).or_insert(begun);
        if attempts.is_past(now) {
            *attempts = begun;
        }
        if attempts.count >= ATTEMPTS {
            return Ok(false);
        }
        attempts.count += 1;
        Ok(true)
    }

    /// The password was wrong. Where it was the last attempt, that is written down, once.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn failed(&self, store: &dyn SystemStore, guesser: &Guesser, now: Millis) -> Result<(), StoreError> {
        let is_last = {
            let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
            attempts.get_mut(guesser).is_some_and(|attempts| {
                let is_last = attempts.count >= ATTEMPTS && !std::mem::replace(&mut attempts.is_written, true);
                if is_last {
                    attempts.since = now;
                }
                is_last
            })
        };
        if let (true, Guesser::Stranger(email)) = (is_last, guesser) {
            store.try_login(&key_of(email), now, now - WITHIN, 1).await?;
        }
        Ok(())
    }

    /// The password was right: the attempts before it are forgotten.
    pub fn succeeded(&self, guesser: &Guesser) {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).remove(guesser);
    }

    fn attempts(&self, guesser: &Guesser, now: Millis) -> Option<Attempts> {
        let attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.get(guesser).copied().filter(|attempts| !attempts.is_past(now))
    }
}

/// Under which it is written down that an account is shut for a while. E-mail addresses hold no space.
fn key_of(email: &str) -> String {
    format!("SHUT {email}")
}

/// A stranger's turn. It is held for a while after its end.
#[derive(Debug)]
pub struct Turn(Option<OwnedSemaphorePermit>);

impl Drop for Turn {
    fn drop(&mut self) {
        let permit = self.0.take();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                sleep(TURN).await;
                drop(permit);
            });
        }
    }
}

/// One that waits for its turn.
struct InLine {
    line: Arc<Mutex<HashMap<Option<IpAddr>, usize>>>,
    source: Option<IpAddr>,
}

impl InLine {
    fn join(line: &Arc<Mutex<HashMap<Option<IpAddr>, usize>>>, source: Option<IpAddr>, most: usize) -> Option<Self> {
        let mut waiting = line.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.entry(source).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Self { line: Arc::clone(line), source })
    }
}

impl Drop for InLine {
    fn drop(&mut self) {
        let mut waiting = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = waiting.get_mut(&self.source) {
            *count -= 1;
            if *count == 0 {
                waiting.remove(&self.source);
            }
        }
    }
}
