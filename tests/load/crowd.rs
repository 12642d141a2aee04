//! Many connections at once, each sending its next request as soon as the one before it is answered.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use tokio::task::JoinSet;

use crate::wire::Wire;

/// How a load went.
#[derive(Default)]
pub(crate) struct Tempo {
    /// how long it lasted
    pub(crate) took: Duration,
    /// how long each answer took that was as it should be, in order of length
    pub(crate) times: Vec<Duration>,
    /// how many were not, connections that broke included
    pub(crate) errors: usize,
    /// how many bytes came back
    pub(crate) bytes: usize,
}

impl Tempo {
    /// Good answers in a second.
    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64().max(f64::EPSILON)
    }

    /// The time within which this share of the answers came: 0.99 for the 99th percentile.
    pub(crate) fn within(&self, share: f64) -> Duration {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
        let place = (share * self.times.len() as f64) as usize;
        self.times.get(place.min(self.times.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

/// Where the requests come from: `None` ends the load.
pub(crate) trait Requests: Send + 'static {
    /// The next one.
    fn next(&mut self) -> Option<Arc<[u8]>>;
}

impl<F: FnMut() -> Option<Arc<[u8]>> + Send + 'static> Requests for F {
    fn next(&mut self) -> Option<Arc<[u8]>> {
        self()
    }
}

/// How hard and how long.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    /// how many at once
    pub(crate) connections: usize,
    /// no request begins later than this
    pub(crate) at_most: Duration,
    /// a good answer has status 200 and this in its body
    pub(crate) good: &'static [u8],
    /// how often a connection sends, where it does not send as fast as it can
    pub(crate) every: Option<Duration>,
}

impl Load {
    /// Puts it on a server.
    ///
    /// # Errors
    /// Where a connection cannot be opened at all.
    pub(crate) async fn on(self, address: SocketAddr, requests: impl Requests) -> Result<Tempo> {
        let mut wires = Vec::new();
        for _ in 0..self.connections {
            wires.push(Wire::connect(address).await?);
        }
        let requests = Arc::new(Mutex::new(requests));
        let started = Instant::now();
        let mut visitors = JoinSet::new();
        for wire in wires {
            visitors.spawn(self.visitor(wire, started + self.at_most, Arc::clone(&requests)));
        }
        let mut tempo = Tempo::default();
        while let Some(one) = visitors.join_next().await {
            let one = one.context("a visitor panicked")?;
            tempo.times.extend(one.times);
            tempo.errors += one.errors;
            tempo.bytes += one.bytes;
        }
        tempo.took = started.elapsed();
        tempo.times.sort_unstable();
        Ok(tempo)
    }

    async fn visitor(self, mut wire: Wire, until: Instant, requests: Arc<Mutex<impl Requests>>) -> Tempo {
        let mut tempo = Tempo::default();
        let mut beat = self.every.map(tokio::time::interval);
        loop {
            if let Some(beat) = &mut beat {
                beat.tick().await;
            }
            let Some(request) = next(&requests).filter(|_| Instant::now() < until) else { return tempo };
            let sent = Instant::now();
            let Ok(reply) = wire.exchange(&request).await else {
                tempo.errors += 1;
                return tempo;
            };
            tempo.bytes += reply.size();
            if reply.status == 200 && crate::wire::contains(reply.body, self.good) {
                tempo.times.push(sent.elapsed());
            } else {
                tempo.errors += 1;
            }
        }
    }
}

fn next(requests: &Mutex<impl Requests>) -> Option<Arc<[u8]>> {
    // Whoever panicked with the lock is noticed where the visitors are gathered.
    requests.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next()
}
