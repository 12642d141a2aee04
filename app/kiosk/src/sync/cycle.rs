//! What is done again and again, in which order, for as long as the page lives.

use std::rc::Rc;

use api::outbox::drain::Event as DrainEvent;
use domain::time::{MINUTE, Millis, SECOND};

use super::{
    backend::Backend,
    heartbeat::Heartbeat,
    host::Host,
    outbox::Outbox,
    pairing::{Invited, Pairing},
    reload, restore,
};
use crate::{server::Server, session::Event, storage::Storage};

/// News of the programme are asked for this often.
const NEWS: Millis = 3 * MINUTE;
/// A heart that beats faster than this only burns the battery.
const FASTEST: Millis = 5 * SECOND;

/// All parts of sync in one page.
#[derive(Debug)]
pub struct Sync<H, S, A> {
    /// what they share
    pub backend: Rc<Backend<H, S, A>>,
    /// the outbox
    pub outbox: Rc<Outbox<H, S, A>>,
    /// signs of life
    pub heartbeat: Heartbeat<H, S, A>,
    /// pairing
    pub pairing: Pairing<H, S, A>,
}

impl<H: Host + 'static, S: Storage + 'static, A: Server + 'static> Sync<H, S, A> {
    /// All parts, none of them at work.
    pub fn new(host: H, storage: S, server: A) -> Self {
        let backend = Rc::new(Backend::new(host, storage, server));
        Self {
            outbox: Outbox::new(Rc::clone(&backend)),
            heartbeat: Heartbeat::new(Rc::clone(&backend)),
            pairing: Pairing::new(Rc::clone(&backend)),
            backend,
        }
    }

    /// Keeps in touch, for as long as the page lives.
    pub async fn keep_in_touch(&self) {
        let host = &self.backend.host;
        let mut asked = None;
        loop {
            self.round(&mut asked).await;
            let pause = {
                let session = host.session();
                if session.config().is_none() { FASTEST } else { session.settings().heartbeat_ms }
            };
            host.sleep(pause.max(FASTEST)).await;
        }
    }

    /// One round: news where they are due, a sign of life, and what waits for one. `asked` is when the server last had
    /// news to tell.
    pub async fn round(&self, asked: &mut Option<Millis>) {
        let host = &self.backend.host;
        let is_due = asked.is_none_or(|asked| host.clocks().monotonic - asked >= NEWS);
        let is_unready = host.session().config().is_none() || self.backend.is_revoked();
        let is_busy = host.session().is_busy();
        if (is_due || is_unready) && !is_busy && self.heartbeat.refresh().await {
            *asked = Some(host.clocks().monotonic);
        }
        self.beat().await;
        self.pairing.tell_the_end().await;
        self.outbox.rescue().await;
        reload::if_severed(&self.backend, self.heartbeat.reached());
        host.send(Event::FollowProgramme);
    }

    async fn beat(&self) {
        if let Some(answered) = self.heartbeat.beat().await {
            self.outbox.tell(DrainEvent::Beat(answered.epoch));
            if answered.waiting {
                self.outbox.tell(DrainEvent::Hurry);
            }
        }
    }

    /// A pairing begins: whoever has just paired the tablet looks whether it is there.
    pub async fn begin_pairing(&self) {
        self.heartbeat.refresh().await;
        self.beat().await;
        self.outbox.tell(DrainEvent::Hurry);
    }

    /// What a tablet without a pairing is to do; `None` where that is nothing.
    pub async fn invite(&self, secret: Option<String>) -> Invited {
        let invited = self.pairing.invite(secret).await;
        if invited == Invited::Paired {
            self.begin_pairing().await;
        }
        invited
    }

    /// Somebody has typed the words. False where the disk did not take the token yet.
    pub async fn welcome(&self, token: &str) -> bool {
        let adopted = self.pairing.welcome(token).await;
        if adopted {
            self.begin_pairing().await;
        }
        adopted
    }

    /// As long as this page lives it alone finishes what dead pages left.
    pub async fn finish_left_behind(&self) {
        let Backend { host, storage, .. } = &*self.backend;
        let mine = || host.session().screen().visit.begun().map(|begun| begun.id.to_string());
        while !self.outbox.forget_drafts().await || storage.recover(mine()).await.is_err() {
            host.sleep(restore::PAUSE).await;
        }
        self.outbox.tell(DrainEvent::Wake);
    }

    /// Ends the pairing where nothing lives in this page alone; what waits stays.
    pub async fn unpair(&self) -> bool {
        self.backend.host.send(Event::EndVisit);
        self.outbox.rescue().await;
        let is_saved = self.backend.host.session().unsaved().is_empty();
        is_saved && self.pairing.end().await
    }
}
