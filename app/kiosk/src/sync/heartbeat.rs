//! Signs of life, and news of what is on.

use std::{cell::Cell, rc::Rc, sync::Arc};

use domain::{
    heartbeat::Heartbeat as Beat,
    time::{Millis, SECOND},
};

use super::{
    backend::{
        Backend,
        names::{CONFIG, CONTACT, ETAG, OFFSET},
    },
    host::Host,
};
use crate::{
    server::{NewConfig, Reply, Server},
    session::Event,
    storage::Storage,
};

/// For so long a token that was doubted is not doubted again.
const CERTAIN: Millis = 30 * SECOND;

/// What a sign of life brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// the server's epoch
    pub epoch: String,
    /// something waits
    pub waiting: bool,
}

/// Signs of life of one page.
#[derive(Debug)]
pub struct Heartbeat<H, S, A> {
    backend: Rc<Backend<H, S, A>>,
    /// when the token was doubted last, by the monotonic clock
    doubted: Cell<Option<Millis>>,
    /// whether the last sign of life was answered
    reached: Cell<bool>,
}

impl<H: Host, S: Storage, A: Server> Heartbeat<H, S, A> {
    /// A heart that does not beat yet.
    pub const fn new(backend: Rc<Backend<H, S, A>>) -> Self {
        Self { backend, doubted: Cell::new(None), reached: Cell::new(false) }
    }

    /// Whether the last sign of life was answered.
    pub const fn reached(&self) -> bool {
        self.reached.get()
    }

    /// Asks for the configuration. True where the server answered.
    pub async fn refresh(&self) -> bool {
        let Backend { host, storage, server, config_text, .. } = &*self.backend;
        let Some(token) = self.backend.token() else { return false };
        let known = host.session().config().is_some();
        let etag = if known { storage.get(ETAG).await.ok().flatten() } else { None };
        let asked = host.clocks().wall;
        match server.config(&token, etag.as_deref()).await {
            Reply::Body(NewConfig { text, etag, config }) => {
                host.send(Event::ServerClock { server_now: config.server_now, asked });
                // Where this fails, the next start asks again.
                let _ = storage.set(&[(CONFIG, Some(&text)), (ETAG, etag.as_deref())]).await;
                config_text.replace(Some(text));
                self.backend.change_credentials(|credentials| credentials.revoked = false);
                host.send(Event::Configured(Arc::new(config)));
                true
            }
            Reply::Status(304) => {
                self.backend.change_credentials(|credentials| credentials.revoked = false);
                host.send(Event::FollowProgramme);
                true
            }
            Reply::Status(401) => {
                self.backend.change_credentials(|credentials| credentials.revoked = true);
                false
            }
            Reply::Status(_) => false,
        }
    }

    /// The server refused the token to a delivery or a sign of life. Whether it opens nothing any more is
    /// asked at once, and not again with every tap of a visitor.
    pub async fn doubt(&self) {
        let now = self.backend.host.clocks().monotonic;
        let asked = self.doubted.get();
        if self.backend.is_revoked() || asked.is_some_and(|asked| now - asked < CERTAIN) {
            return;
        }
        self.doubted.set(Some(now));
        self.refresh().await;
    }

    /// Gives a sign of life, where the tablet knows who it is.
    pub async fn beat(&self) -> Option<Answered> {
        let Backend { host, storage, server, .. } = &*self.backend;
        let token = self.backend.token()?;
        // Before that it does not know under which pairing it numbers.
        let pairing = host.session().config()?.kiosk.pairing;
        // The number first: an answer that is finished in between then waits under a number not yet told,
        // and none is told that nobody has seen and that does not wait.
        let seq = storage.last_seq(pairing).await;
        let counts = storage.counts().await;
        let failure = storage.failure();
        let (seq, counts) = (seq.unwrap_or_default(), counts.unwrap_or_default());
        let health = host.health().await;
        let asked = host.clocks().wall;
        let beat = Beat {
            device_now: asked,
            pairing: Some(pairing),
            seq,
            outbox: counts.outbox.into(),
            rejected: counts.rejected.into(),
            oldest_ms: counts.oldest.as_deref().and_then(born).map(|born| (asked - born).max(0)),
            app_version: health.app_version,
            persisted: health.persisted,
            storage: health.storage,
            failure,
            unkept: health.unkept,
            command_done: health.command_done,
            battery: health.battery.map(|(level, _)| level),
            charging: health.battery.map(|(_, charging)| charging),
        };
        let reply = server.heartbeat(&token, &beat).await;
        self.reached.set(matches!(reply, Reply::Body(_)));
        match reply {
            Reply::Body(reply) => {
                host.send(Event::ServerClock { server_now: reply.server_now, asked });
                let clock = host.session().clock();
                let offset = clock.offset().map(|offset| offset.to_string());
                let contact = clock.contact().map(|contact| contact.to_string());
                let _ = storage.set(&[(OFFSET, offset.as_deref()), (CONTACT, contact.as_deref())]).await;
                Some(Answered { epoch: reply.epoch, waiting: counts.outbox > 0 })
            }
            Reply::Status(401) => {
                host.doubt_token();
                None
            }
            Reply::Status(_) => None,
        }
    }
}

/// When a response began: the first 48 bits of its id.
fn born(id: &str) -> Option<Millis> {
    let digits: String = id.chars().filter(|digit| *digit != '-').take(12).collect();
    Millis::from_str_radix(&digits, 16).ok()
}
