//! What the staff corner, `public/corner.js`, asks and does. A wish comes in as a word, and what is
//! said to it goes out as a text: one function for all, because each one that the browser may call and
//! wait for costs every visitor half a kilobyte.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use super::demo;
use crate::{browser::device, session::state::Kiosk, sync::drain, sync::heartbeat, sync::pairing, sync::update};
use api::{
    json::{Object, ToJson, list, quoted},
    outbox::shelves::Shelf,
    outbox_file::{self, Origin},
    responses::Item,
};
use domain::{
    lang::Lang,
    time::{Millis, SECOND},
};

/// Sending is waited for as long as something leaves within this time; it goes on by itself.
const PATIENCE: Millis = 6 * SECOND;
/// Looks so often whether everything is sent.
const LOOK: Millis = 250;

/// What stands before the PIN: `{lang, pin?: {salt, rounds, hash}}`.
#[wasm_bindgen]
pub fn corner_door() -> String {
    let pin = Kiosk.config.with_value(|config| config.as_ref()?.pin.clone()).map(|pin| {
        Object::of("salt", &quoted(&pin.salt))
            .and("rounds", &pin.rounds.to_string())
            .and("hash", &quoted(&pin.hash))
            .done()
    });
    Object::of("lang", &quoted(Kiosk.lang.get_untracked().tag())).maybe("pin", pin).done()
}

/// Does what staff wish, and says what there is to say: `facts`, `send`, `export`, `demo`, `count` (the end
/// of demo mode), `unpair`.
#[wasm_bindgen]
pub async fn corner(wish: String) -> String {
    let kiosk = Kiosk;
    match wish.as_str() {
        "facts" => facts(kiosk).await,
        "send" => send(kiosk).await,
        "export" => export(kiosk).await,
        "unpair" => flag(unpair(kiosk).await).to_owned(),
        mode => {
            demo::switch(kiosk, mode == "demo").await;
            String::new()
        }
    }
}

/// What the sheet shows of the program. What the browser itself knows (storage, battery) it asks there.
///
/// `{version, demo, revoked, memory, failure?, unsaved, outbox, oldest?, rejected: [{reason, item}], kiosk?, venue?,
/// spoken?, contact_at?, offset_ms?}`; `memory` is whether the browser's database answers, `failure` its word for what
/// went wrong since it last wrote something, `oldest` the id of the oldest that waits.
async fn facts(kiosk: Kiosk) -> String {
    let memory = kiosk.memory();
    let (counts, rejected) = (memory.counts().await, memory.rejected().await);
    let is_well = counts.is_ok() && rejected.is_ok();
    let counts = counts.unwrap_or_default();
    let clock = kiosk.clock.get_value();
    let facts = Object::of("version", &quoted(&update::version()))
        .and("demo", flag(kiosk.demo.get_untracked().is_some()))
        .and("revoked", flag(kiosk.revoked.get_value()))
        .and("memory", flag(is_well))
        .maybe("failure", memory.failure().map(|word| quoted(&word)))
        .and("unsaved", &kiosk.unsaved.with_value(Vec::len).to_string())
        .and("outbox", &counts.outbox.to_string())
        .and("rejected", &list(&rejected.unwrap_or_default()))
        .maybe("oldest", counts.oldest.map(|oldest| quoted(&oldest)))
        .maybe("contact_at", clock.contact().map(|at| at.to_string()))
        .maybe("offset_ms", clock.offset().map(|offset| offset.to_string()));
    let Some(config) = kiosk.config.get_value() else { return facts.done() };
    let spoken: Vec<&str> = config.venue.languages.iter().copied().map(Lang::own_name).collect();
    facts
        .and("kiosk", &quoted(&config.kiosk.name))
        .and("venue", &quoted(&config.venue.name))
        .and("spoken", &quoted(&spoken.join(", ")))
        .done()
}

/// Sends what waits, and says how that went: `{reached, before, after}`.
async fn send(kiosk: Kiosk) -> String {
    let before = waiting(kiosk).await;
    kiosk.rescue().await;
    let reached = heartbeat::refresh(kiosk).await;
    drain::hurry(kiosk);
    let (mut left, mut moved) = (waiting(kiosk).await, device::monotonic());
    let patience = if reached { PATIENCE } else { 4 * LOOK };
    while left > 0 && device::monotonic() - moved < patience {
        device::sleep(LOOK).await;
        let now = waiting(kiosk).await;
        if now < left {
            (left, moved) = (now, device::monotonic());
        }
    }
    Object::of("reached", flag(reached)).and("before", &before.to_string()).and("after", &left.to_string()).done()
}

async fn waiting(kiosk: Kiosk) -> usize {
    let outbox = kiosk.memory().counts().await.unwrap_or_default().outbox as usize;
    outbox + kiosk.unsaved.with_value(Vec::len)
}

/// Everything that the server has not confirmed, as `api::outbox_file` writes it; empty where the
/// tablet never was paired. It stays where it is.
async fn export(kiosk: Kiosk) -> String {
    let Some(config) = kiosk.config.get_value() else { return String::new() };
    let memory = kiosk.memory();
    // Where the database does not answer, what only this page holds is all the more worth saving.
    let waiting = memory.after(Shelf::Outbox, "", usize::MAX).await.unwrap_or_default();
    let rejected = memory.rejected().await.unwrap_or_default();
    let mut responses: Vec<String> = waiting.into_iter().map(|waiting| waiting.item).collect();
    responses.extend(kiosk.unsaved.with_value(|items| items.iter().map(Item::to_json).collect::<Vec<_>>()));
    let origin = Origin {
        kiosk: config.kiosk.name.clone(),
        pairing: config.kiosk.pairing,
        exported_at: device::now(),
        offset_ms: kiosk.clock.get_value().offset(),
    };
    outbox_file::write(&origin, &responses, &rejected)
}

/// Ends the pairing; what waits stays and goes out after the next one. False where even that could
/// not be written down.
async fn unpair(kiosk: Kiosk) -> bool {
    kiosk.time_out();
    kiosk.rescue().await;
    // What lives in this page alone would go with it.
    kiosk.unsaved.with_value(Vec::is_empty) && pairing::end(kiosk).await
}

fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
