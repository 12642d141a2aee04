//! What the staff corner, `public/corner.js`, and the pairing, `public/pairing.js`, have the program do. A command comes in as a
//! word, and what is said to it goes out as a text: one function for all, because each one that the browser may call
//! and wait for costs every visitor half a kilobyte.

use std::rc::Rc;

use api::{
    json::{Object, list, quoted},
    outbox::{drain::Event as DrainEvent, object_stores::ObjectStore},
    outbox_file::{self, Origin},
};
use domain::time::{Millis, SECOND};
use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use crate::{
    browser::{device, page::version},
    driver::Driver,
    session::{Access, Event},
    start::{BrowserSync, Tablet},
    storage::Storage,
    sync::pairing::Invited,
};

/// Sending is waited for as long as something leaves within this time; it goes on by itself.
const STALLED_AFTER: Millis = 6 * SECOND;
/// Looks so often whether everything is sent.
const POLL_INTERVAL: Millis = 250;

#[wasm_bindgen]
impl Tablet {
    /// What stands before the PIN: `{lang, pin?: {salt, rounds, hash}}`.
    pub fn pin_prompt(&self) -> String {
        let session = self.driver.session();
        let pin = session.config().and_then(|config| config.pin.as_ref()).map(|pin| {
            Object::of("salt", &quoted(&pin.salt))
                .and("rounds", &pin.rounds.to_string())
                .and("hash", &quoted(&pin.hash))
                .done()
        });
        Object::of("lang", &quoted(session.screen().lang.tag())).maybe("pin", pin).done()
    }

    /// Does what staff ask for, and says what there is to say: `facts`, `send`, `export`, `demo`, `count` (the end
    /// of demo mode), `unpair`; of pairing `invite` and `leave` and, with the token behind a space, `welcome`.
    pub fn run(&self, command: String) -> Promise {
        let commands = Commands { driver: self.driver, sync: Rc::clone(&self.sync) };
        future_to_promise(async move { Ok(JsValue::from(commands.run(&command).await)) })
    }
}

/// Whom a command is for.
struct Commands {
    driver: Driver,
    sync: Rc<BrowserSync>,
}

impl Commands {
    async fn run(&self, command: &str) -> String {
        match command.split_once(' ').unwrap_or((command, "")) {
            ("facts", _) => self.facts().await,
            ("send", _) => self.send().await,
            ("export", _) => self.export().await,
            ("unpair", _) => flag(self.sync.unpair().await).to_owned(),
            ("invite", _) => match self.sync.invite(device::secret()).await {
                Invited::Paired => "paired".to_owned(),
                Invited::Unkept => "unkept".to_owned(),
                Invited::Brought(token) => ["brought ", &token].concat(),
                Invited::With(token) => ["token ", &token].concat(),
            },
            ("leave", _) => {
                self.sync.pairing.leave().await;
                String::new()
            }
            ("welcome", token) => flag(self.sync.welcome(token).await).to_owned(),
            (mode, _) => {
                self.driver.send(Event::Demo(mode == "demo"));
                String::new()
            }
        }
    }

    /// What the sheet shows of the program. What the browser itself knows (storage, battery) it asks there.
    ///
    /// `{version, demo, revoked, memory, failure?, unsaved, outbox, oldest?, rejected: [{reason, item}], kiosk?, venue?,
    /// spoken?, contact_at?, offset_ms?}`; `memory` is whether the browser's database answers, `failure` its word for what
    /// went wrong since it last wrote something, `oldest` the id of the oldest that waits.
    async fn facts(&self) -> String {
        let storage = &self.sync.backend.storage;
        let (counts, rejected) = (storage.counts().await, storage.rejected().await);
        let is_well = counts.is_ok() && rejected.is_ok();
        let counts = counts.unwrap_or_default();
        let session = self.driver.session();
        let clock = session.clock();
        let facts = Object::of("version", &quoted(&version()))
            .and("demo", flag(session.screen().demo))
            .and("revoked", flag(session.access() == Access::Revoked))
            .and("memory", flag(is_well))
            .maybe("failure", storage.failure().map(|word| quoted(&word)))
            .and("unsaved", &session.unsaved().len().to_string())
            .and("outbox", &counts.outbox.to_string())
            .and("rejected", &list(&rejected.unwrap_or_default()))
            .maybe("oldest", counts.oldest.map(|oldest| quoted(&oldest)))
            .maybe("contact_at", clock.contact().map(|at| at.to_string()))
            .maybe("offset_ms", clock.offset().map(|offset| offset.to_string()));
        let Some(config) = session.config() else { return facts.done() };
        let spoken: Vec<&str> = config.venue.languages.iter().map(|tag| config.language_name(*tag)).collect();
        facts
            .and("kiosk", &quoted(&config.kiosk.name))
            .and("venue", &quoted(&config.venue.name))
            .and("spoken", &quoted(&spoken.join(", ")))
            .done()
    }

    /// Sends what waits, and says how that went: `{reached, before, after}`.
    async fn send(&self) -> String {
        let before = self.waiting().await;
        self.sync.outbox.rescue().await;
        let reached = self.sync.heartbeat.refresh().await;
        self.sync.outbox.tell(DrainEvent::Hurry);
        let (mut left, mut moved) = (self.waiting().await, device::monotonic());
        let limit = if reached { STALLED_AFTER } else { 4 * POLL_INTERVAL };
        while left > 0 && device::monotonic() - moved < limit {
            device::sleep(POLL_INTERVAL).await;
            let now = self.waiting().await;
            if now < left {
                (left, moved) = (now, device::monotonic());
            }
        }
        Object::of("reached", flag(reached)).and("before", &before.to_string()).and("after", &left.to_string()).done()
    }

    async fn waiting(&self) -> usize {
        let outbox = self.sync.backend.storage.counts().await.unwrap_or_default().outbox as usize;
        outbox + self.driver.session().unsaved().len()
    }

    /// Everything that the server has not confirmed, as `api::outbox_file` writes it; empty where the
    /// tablet never was paired. It stays where it is.
    async fn export(&self) -> String {
        let storage = &self.sync.backend.storage;
        // Where the database does not answer, what only this page holds is all the more worth saving.
        let waiting = storage.after(ObjectStore::Outbox, "", usize::MAX).await.unwrap_or_default();
        let rejected = storage.rejected().await.unwrap_or_default();
        let mut responses: Vec<String> = waiting.into_iter().map(|waiting| waiting.item).collect();
        let session = self.driver.session();
        let Some(config) = session.config() else { return String::new() };
        responses.extend(session.unsaved().iter().map(|item| item.text.clone()));
        let origin = Origin {
            kiosk: config.kiosk.name.clone(),
            pairing: config.kiosk.pairing,
            exported_at: device::now(),
            offset_ms: session.clock().offset(),
        };
        outbox_file::write(&origin, &responses, &rejected)
    }
}

fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
