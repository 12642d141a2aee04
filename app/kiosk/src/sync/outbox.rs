//! Saves what is finished, and empties the outbox, by one tab at a time. What is done when is decided in
//! `api::outbox::drain`; here its commands are carried out.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use api::outbox::{
    batch::{Age, body},
    drain::{Command, Drain, Event},
    object_stores::{RESYNC_EPOCH, Waiting},
    reply::{BatchReply, Disposition, Refusal, disposition},
};

use super::{backend::Backend, host::Host};
use crate::{
    server::Server,
    session::{self, Finished},
    storage::{Storage, acked_drafts::AckedDrafts},
};

/// The lock of whoever empties the outbox.
const LOCK: &str = "aplodi-drain";

/// The outbox of one page.
#[derive(Debug)]
pub struct Outbox<H, S, A> {
    backend: Rc<Backend<H, S, A>>,
    drain: RefCell<Drain>,
    /// which rest is under way: the end of an earlier one means nothing
    rest: Cell<u32>,
    acked: AckedDrafts,
}

impl<H: Host + 'static, S: Storage + 'static, A: Server + 'static> Outbox<H, S, A> {
    /// An outbox that nobody empties yet.
    #[must_use]
    pub fn new(backend: Rc<Backend<H, S, A>>) -> Rc<Self> {
        Rc::new(Self { backend, drain: RefCell::default(), rest: Cell::default(), acked: AckedDrafts::default() })
    }

    /// Begins, with what earlier pages remembered.
    pub async fn begin(self: &Rc<Self>) {
        let whole = self.backend.storage.get(RESYNC_EPOCH).await.ok().flatten();
        self.drain.borrow_mut().remember(whole);
        self.tell(Event::Wake);
    }

    /// Tells the drain what happened. Returns at once.
    pub fn tell(self: &Rc<Self>, event: Event) {
        match self.step(event) {
            Command::GoOn | Command::Stop => {}
            command => self.backend.host.spawn_alone(LOCK, Box::pin(Rc::clone(self).carry_out(command))),
        }
    }

    fn step(&self, event: Event) -> Command {
        let host = &self.backend.host;
        let now = host.session().corrected(host.clocks());
        let command = self.drain.borrow_mut().on(event, now, host.jitter());
        if !matches!(command, Command::GoOn) {
            self.rest.set(self.rest.get().wrapping_add(1));
        }
        command
    }

    async fn carry_out(self: Rc<Self>, mut command: Command) {
        let storage = &self.backend.storage;
        loop {
            let event = match command {
                Command::GoOn | Command::Stop => return,
                Command::Rest(millis) => {
                    let (this, rest) = (Rc::clone(&self), self.rest.get());
                    self.backend.host.spawn(Box::pin(async move {
                        this.backend.host.sleep(millis).await;
                        if this.rest.get() == rest {
                            this.tell(Event::TimerFired);
                        }
                    }));
                    return;
                }
                Command::Read(from, after, most) => match storage.after(from, &after, most).await {
                    Ok(found) => Event::Found(found),
                    Err(_) => Event::Failed,
                },
                Command::Send(batch) => {
                    let answer = self.send(&batch).await;
                    Event::Answered(batch, answer)
                }
                Command::Write(writes, named) => match storage.write(&writes).await {
                    Ok(()) => {
                        self.backend.host.send(session::Event::Acked(named));
                        Event::Written
                    }
                    Err(_) => Event::Failed,
                },
            };
            command = self.step(event);
        }
    }

    async fn send(&self, batch: &[Waiting]) -> BatchReply {
        let host = &self.backend.host;
        // A tablet without a token keeps what it has until it is paired again.
        let Some(token) = self.backend.token() else { return BatchReply::Refused(Refusal::default()) };
        let asked = host.clocks();
        let body = {
            let session = host.session();
            let age_of = |id: &str| {
                let tap = session.tap(id)?;
                Some(Age { millis: asked.monotonic - tap.at, may_have_slept: tap.may_have_slept })
            };
            let items: Vec<_> = batch.iter().map(|waiting| (waiting.item.as_str(), age_of(waiting.id()))).collect();
            body(asked.wall, &items)
        };
        let answer = self.backend.server.deliver(&token, body).await;
        match &answer {
            BatchReply::Read(result) => {
                host.send(session::Event::ServerClock { server_now: result.server_now, asked: asked.wall });
            }
            BatchReply::Refused(Refusal { status: 401, ours: true, .. }) => host.doubt_token(),
            BatchReply::Refused(_) => {}
        }
        answer
    }

    /// Into the outbox; if the disk refuses, to the server at once. False where neither took it.
    pub async fn save(self: &Rc<Self>, item: &Finished) -> bool {
        let Backend { host, storage, .. } = &*self.backend;
        let seq_seen = host.session().config().map_or(0, |config| config.kiosk.seq_seen);
        let (id, text) = (item.id.to_string(), item.text.clone());
        if storage.keep(&id, &text, seq_seen).await.is_ok() {
            self.tell(Event::Wake);
            return true;
        }
        let waiting = Waiting { key: id, item: text };
        let answer = self.send(std::slice::from_ref(&waiting)).await;
        let BatchReply::Read(result) = answer else { return false };
        let has_it = matches!(disposition(0, waiting.id(), &result.results), Some((Disposition::Acked, _)));
        if has_it {
            self.acked.note(storage, waiting.id());
            // Nobody waits for that.
            let this = Rc::clone(self);
            host.spawn(Box::pin(async move {
                let _ = this.forget_drafts().await;
            }));
        }
        has_it
    }

    /// Once more for what neither the disk nor the server took; it stays in this page until one does.
    pub async fn rescue(self: &Rc<Self>) {
        // Where this fails, the next heartbeat tries it again.
        let _ = self.forget_drafts().await;
        let unsaved = self.backend.host.session().unsaved().to_vec();
        for item in unsaved {
            let saved = self.save(&item).await;
            self.backend.host.send(session::Event::Saved(item.id, saved));
        }
    }

    /// Takes away the drafts of what the server has. False where the disk did not.
    pub async fn forget_drafts(&self) -> bool {
        self.acked.forget(&self.backend.storage).await.is_ok()
    }
}
