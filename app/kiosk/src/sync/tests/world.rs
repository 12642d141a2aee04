//! A tablet with its tabs, its disk, and the server at the other end.

use std::{
    cell::{Cell, Ref, RefCell},
    collections::{BTreeMap, BTreeSet},
    future::poll_fn,
    pin::pin,
    rc::Rc,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use crate::session::Finished;
use api::{
    config::KioskConfig,
    heartbeat::HeartbeatReply,
    outbox::reply::{BatchReply, Refusal},
    responses::{BatchResult, ItemResult, Status},
};
use domain::{heartbeat::Heartbeat, id::ResponseId, response::Given, server_clock::Clocks, time::Millis};
use serde_json::Value;

use crate::{
    fixtures::{EVENING, config, question},
    server::{NewConfig, Reply, Server},
    session::{Effect, Event, Moment, Session},
    storage::{Storage, memory::Memory},
    sync::{
        backend::names::TOKEN,
        cycle::Sync,
        host::{DeviceHealth, Host, Work},
        restore,
    },
};

/// What happens to the next requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Network {
    #[default]
    Good,
    /// they do not arrive
    Down,
    /// they arrive, the reply does not
    LosesReplies,
    /// more items than this do not arrive in time
    Narrow(usize),
    /// this status comes back, from Aplodi itself or from a stranger
    Refuses(u16, bool),
}

/// The server.
#[derive(Debug, Default)]
pub(super) struct Remote {
    pub(super) network: Cell<Network>,
    pub(super) stored: RefCell<BTreeMap<String, Value>>,
    /// how many items each batch had
    pub(super) batches: RefCell<Vec<usize>>,
    /// what it will never take
    pub(super) rejects: RefCell<BTreeSet<String>>,
    /// a batch with more items is 413
    pub(super) most: Cell<usize>,
    pub(super) epoch: Cell<u32>,
    pub(super) beats: RefCell<Vec<Heartbeat>>,
    pub(super) unpaired: RefCell<Vec<String>>,
}

impl Remote {
    fn refusal(&self) -> Option<(u16, bool)> {
        match self.network.get() {
            Network::Down | Network::LosesReplies => Some((0, false)),
            Network::Refuses(status, ours) => Some((status, ours)),
            Network::Good | Network::Narrow(_) => None,
        }
    }

    fn take(&self, items: &[Value]) -> BatchResult {
        let store = |(index, item): (usize, &Value)| {
            let id = item["id"].as_str().unwrap().to_owned();
            let parsed: uuid::Uuid = id.parse().unwrap();
            let is_rejected = self.rejects.borrow().contains(&id);
            let status = if is_rejected {
                Status::Rejected
            } else if self.stored.borrow_mut().insert(id, item.clone()).is_some() {
                Status::Duplicate
            } else {
                Status::Stored
            };
            ItemResult { index, id: Some(parsed.into()), status, reason: None }
        };
        let results = items.iter().enumerate().map(store).collect();
        BatchResult { server_now: EVENING, epoch: format!("epoch{}", self.epoch.get()), results }
    }
}

/// What a status means to the tablet, as `server/http.rs` reads it.
fn believed<T>((status, ours): (u16, bool)) -> Reply<T> {
    Reply::Status(if status == 401 && !ours { 0 } else { status })
}

impl Server for Rc<Remote> {
    async fn config(&self, _: &str, _: Option<&str>) -> Reply<NewConfig> {
        match self.refusal() {
            Some(refusal) => believed(refusal),
            None => Reply::Body(NewConfig { text: "config".into(), etag: None, config: config() }),
        }
    }

    async fn heartbeat(&self, _: &str, beat: &Heartbeat) -> Reply<HeartbeatReply> {
        if let Some(refusal) = self.refusal() {
            return believed(refusal);
        }
        self.beats.borrow_mut().push(beat.clone());
        let ok = HeartbeatReply::OK.to_owned();
        Reply::Body(HeartbeatReply { server_now: EVENING, epoch: format!("epoch{}", self.epoch.get()), ok })
    }

    async fn unpair(&self, token: &str) -> bool {
        let arrives = self.refusal().is_none();
        if arrives {
            self.unpaired.borrow_mut().push(token.to_owned());
        }
        arrives
    }

    async fn deliver(&self, _: &str, batch: String) -> BatchReply {
        let body: Value = serde_json::from_str(&batch).unwrap();
        let items = body["responses"].as_array().unwrap();
        self.batches.borrow_mut().push(items.len());
        let refused = |status, ours| BatchReply::Refused(Refusal { status, ours, retry_after: None });
        match self.network.get() {
            Network::Good if self.most.get() > 0 && items.len() > self.most.get() => refused(413, true),
            Network::Narrow(most) if items.len() > most => refused(0, false),
            Network::Good | Network::Narrow(_) => BatchReply::Read(self.take(items)),
            Network::LosesReplies => {
                self.take(items);
                refused(0, false)
            }
            Network::Down => refused(0, false),
            Network::Refuses(status, ours) => refused(status, ours),
        }
    }

    fn read_config(&self, text: &str) -> Option<KioskConfig> {
        (text == "config").then(config)
    }
}

/// What all tabs share: the time, and who holds which lock.
#[derive(Debug, Default)]
pub(super) struct Shared {
    now: Cell<Millis>,
    locks: RefCell<BTreeSet<String>>,
    spawned: RefCell<Vec<DebugWork>>,
}

struct DebugWork(Work);

impl std::fmt::Debug for DebugWork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("work")
    }
}

/// One tab.
#[derive(Clone, Debug)]
pub(super) struct Tab {
    shared: Rc<Shared>,
    session: Rc<RefCell<Session>>,
    effects: Rc<RefCell<Vec<Effect>>>,
    doubts: Rc<Cell<u32>>,
    reloads: Rc<Cell<u32>>,
}

impl Host for Tab {
    fn send(&self, event: Event) {
        let now = Moment { clocks: self.clocks(), random: || [0; 10] };
        let effects = self.session.borrow_mut().handle(event, now);
        self.effects.borrow_mut().extend(effects);
    }

    fn session(&self) -> Ref<'_, Session> {
        self.session.borrow()
    }

    fn clocks(&self) -> Clocks {
        Clocks { wall: EVENING + self.shared.now.get(), monotonic: self.shared.now.get() }
    }

    fn jitter(&self) -> f64 {
        0.5
    }

    async fn sleep(&self, millis: Millis) {
        let until = self.shared.now.get() + millis;
        poll_fn(|_| if self.shared.now.get() >= until { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    fn spawn(&self, work: Work) {
        self.shared.spawned.borrow_mut().push(DebugWork(work));
    }

    fn spawn_alone(&self, lock: &str, work: Work) {
        let (shared, lock) = (Rc::clone(&self.shared), lock.to_owned());
        self.spawn(Box::pin(async move {
            let take = || shared.locks.borrow_mut().insert(lock.clone());
            poll_fn(|_| if take() { Poll::Ready(()) } else { Poll::Pending }).await;
            work.await;
            shared.locks.borrow_mut().remove(&lock);
        }));
    }

    fn doubt_token(&self) {
        self.doubts.set(self.doubts.get() + 1);
    }

    fn ask_to_persist(&self) {}

    async fn health(&self) -> DeviceHealth {
        DeviceHealth { app_version: "0.1.0".into(), ..DeviceHealth::default() }
    }

    fn reload(&self) {
        self.reloads.set(self.reloads.get() + 1);
    }

    fn is_served_offline(&self) -> bool {
        false
    }
}

/// Sync of one tab.
pub(super) type TabSync = Rc<Sync<Tab, Memory, Rc<Remote>>>;

/// All of it.
pub(super) struct World {
    shared: Rc<Shared>,
    pub(super) memory: Memory,
    pub(super) server: Rc<Remote>,
    running: Vec<Work>,
}

impl World {
    /// A tablet that is paired, and a server that works.
    pub(super) fn new() -> Self {
        let (shared, memory, server) = Default::default();
        let mut world = Self { shared, memory, server, running: Vec::new() };
        let memory = world.memory.clone();
        world.finish(async move { memory.set(&[(TOKEN, Some("t")), ("config", Some("config"))]).await.unwrap() });
        world
    }

    /// Opens a tab, which takes over what lies on the disk.
    pub(super) fn open(&mut self) -> TabSync {
        let now = Clocks { wall: EVENING + self.shared.now.get(), monotonic: self.shared.now.get() };
        let tab = Tab {
            shared: Rc::clone(&self.shared),
            session: Rc::new(RefCell::new(Session::new(now))),
            effects: Rc::default(),
            doubts: Rc::default(),
            reloads: Rc::default(),
        };
        let sync = Rc::new(Sync::new(tab, self.memory.clone(), Rc::clone(&self.server)));
        let opened = Rc::clone(&sync);
        self.finish(async move {
            restore::begin(&opened.backend).await;
            opened.backend.host.send(Event::Started);
            opened.finish_left_behind().await;
            opened.outbox.begin().await;
        });
        sync
    }

    /// Does something to its end, and everything that it set going until that waits.
    pub(super) fn finish<T: 'static>(&mut self, work: impl Future<Output = T> + 'static) -> T {
        let mut work = pin!(work);
        for _ in 0..1_000 {
            if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                self.run_until_idle();
                return done;
            }
            self.run_until_idle();
            self.shared.now.set(self.shared.now.get() + 100);
        }
        panic!("it never ends")
    }

    /// Goes on with everything until all of it waits.
    fn run_until_idle(&mut self) {
        loop {
            self.running.extend(self.shared.spawned.borrow_mut().drain(..).map(|work| work.0));
            let before = self.running.len();
            self.running.retain_mut(|work| work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            if self.running.len() == before && self.shared.spawned.borrow().is_empty() {
                return;
            }
        }
    }

    /// Time passes.
    pub(super) fn pass(&mut self, millis: Millis) {
        let until = self.shared.now.get() + millis;
        while self.shared.now.get() < until {
            self.shared.now.set((self.shared.now.get() + 250).min(until));
            self.run_until_idle();
        }
    }

    /// A visitor finishes one answer. True where it is safe.
    pub(super) fn answer(&mut self, sync: &TabSync, n: u8) -> bool {
        let item = item(n);
        let saving = Rc::clone(sync);
        self.finish(async move { saving.outbox.save(&item).await })
    }

    /// One round of keeping in touch.
    pub(super) fn round(&mut self, sync: &TabSync) {
        let keeping = Rc::clone(sync);
        self.finish(async move { keeping.round(&mut None).await });
    }

    /// How many responses the server has.
    pub(super) fn arrived(&self) -> usize {
        self.server.stored.borrow().len()
    }
}

/// How often a tab was asked to doubt its token, and to reload.
pub(super) fn doubts_and_reloads(sync: &TabSync) -> (u32, u32) {
    (sync.backend.host.doubts.get(), sync.backend.host.reloads.get())
}

/// A finished answer, as a session makes it.
pub(super) fn item(n: u8) -> Finished {
    let clocks = Clocks { wall: EVENING, monotonic: 0 };
    let mut session = Session::new(clocks);
    let moment = Moment { clocks, random: || [0; 10] };
    session.handle(Event::Restored(Some(Arc::new(config()))), moment);
    session.handle(Event::Access(crate::session::Access::Paired), moment);
    session.handle(Event::Started, moment);
    session.handle(Event::Chosen(question(0), Given::Face(5)), moment);
    session.handle(Event::EndVisit, moment);
    let made = &session.unsaved()[0];
    let id = ResponseId::mint(EVENING, &[n; 10]);
    Finished { id, text: made.text.replace(&made.id.to_string(), &id.to_string()) }
}
