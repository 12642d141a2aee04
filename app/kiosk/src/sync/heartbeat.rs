//! Keeps in touch: signs of life, and news of what is on.

use std::{cell::Cell, sync::Arc};

use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::{
    browser::device,
    server::{self, Reply},
    session::state::{Kiosk, Scene},
    sync::drain,
    sync::pairing,
    sync::reload,
    sync::update,
};
use api::{config::KioskConfig, outbox::drain::Event};
use domain::{
    heartbeat::{Heartbeat, StorageEstimate},
    time::{MINUTE, Millis, SECOND},
};

/// News of the programme are asked for this often.
const NEWS: Millis = 3 * MINUTE;
/// For so long a token that was doubted is not doubted again.
const CERTAIN: Millis = 30 * SECOND;
/// A heart that beats faster than this only burns the battery.
const FASTEST: Millis = 5 * SECOND;

/// The names under which contact is remembered.
pub(crate) const TOKEN: &str = "token";
pub(crate) const CONFIG: &str = "config";
pub(crate) const ETAG: &str = "etag";
pub(crate) const OFFSET: &str = "offset";
pub(crate) const CONTACT: &str = "contact_at";

thread_local! {
    /// How full the battery is, 0 to 1, and whether it is being charged.
    static BATTERY: Cell<Option<(f64, bool)>> = const { Cell::new(None) };
    /// When the token was doubted last, by the monotonic clock.
    static DOUBTED: Cell<Option<Millis>> = const { Cell::new(None) };
}

/// How the battery is, for the signs of life; `public/awake.js` knows, where the browser tells.
#[wasm_bindgen]
pub fn battery(level: f64, charging: bool) {
    BATTERY.set(Some((level, charging)));
}

/// For as long as the page lives.
pub(crate) async fn keep_in_touch(kiosk: Kiosk) {
    let mut asked = None;
    loop {
        let due = asked.is_none_or(|asked| device::monotonic() - asked >= NEWS);
        let unready = kiosk.config.with_value(Option::is_none) || kiosk.revoked.get_value();
        if (due || unready) && !kiosk.is_busy() && refresh(kiosk).await {
            asked = Some(device::monotonic());
        }
        beat(kiosk).await;
        pairing::tell_the_end(kiosk).await;
        kiosk.rescue().await;
        reload::if_severed(kiosk);
        kiosk.follow_programme();
        let pause = if kiosk.config.with_value(Option::is_none) { FASTEST } else { kiosk.settings().heartbeat_ms };
        device::sleep(pause.max(FASTEST)).await;
    }
}

/// Asks for the configuration. True where the server answered.
pub(crate) async fn refresh(kiosk: Kiosk) -> bool {
    let Some(token) = kiosk.token.get_value() else { return false };
    let memory = kiosk.memory();
    let known = kiosk.config.with_value(Option::is_some);
    let etag = if known { memory.get(ETAG).await.ok().flatten() } else { None };
    let asked = device::now();
    match server::config(&token, etag.as_deref()).await {
        Reply::Body(news) => {
            kiosk.learn_offset(news.config.server_now, asked);
            // Where this fails, the next start asks again.
            let _ = memory.set(&[(CONFIG, Some(&news.text)), (ETAG, news.etag.as_deref())]).await;
            kiosk.revoked.set_value(false);
            reload::carry(Some(news.text));
            adopt(kiosk, news.config);
            true
        }
        Reply::Status(304) => {
            kiosk.revoked.set_value(false);
            kiosk.follow_programme();
            true
        }
        Reply::Status(401) => {
            let kept = memory.counts().await.unwrap_or_default();
            kiosk.waiting.set(kept.outbox);
            kiosk.revoked.set_value(true);
            kiosk.follow_programme();
            false
        }
        Reply::Status(_) => false,
    }
}

/// The server refused the token to a delivery or a sign of life. Whether it opens nothing any more is
/// asked at once, and not again with every tap of a visitor. Returns at once.
pub(crate) fn doubt(kiosk: Kiosk) {
    let now = device::monotonic();
    let asked = DOUBTED.get();
    if kiosk.revoked.get_value() || asked.is_some_and(|asked| now - asked < CERTAIN) {
        return;
    }
    DOUBTED.set(Some(now));
    spawn_local(async move {
        refresh(kiosk).await;
    });
}

/// A configuration is what the next visitor sees; a tablet that nobody touches follows at once.
pub(crate) fn adopt(kiosk: Kiosk, config: KioskConfig) {
    kiosk.config.set_value(Some(Arc::new(config)));
    if !kiosk.is_busy() {
        let first = matches!(kiosk.scene.get_untracked(), Scene::Loading | Scene::Waiting);
        if first { kiosk.begin_anew() } else { kiosk.follow_programme() }
    }
}

/// Gives a sign of life, where the tablet knows who it is.
pub(crate) async fn beat(kiosk: Kiosk) {
    let Some(token) = kiosk.token.get_value() else { return };
    // Before that it does not know under which pairing it numbers.
    let Some(config) = kiosk.config.get_value() else { return };
    let memory = kiosk.memory();
    // The number first: an answer that is finished in between then waits under a number not yet told,
    // and none is told that nobody has seen and that does not wait.
    let seq = memory.last_seq(config.kiosk.pairing).await;
    let counts = memory.counts().await;
    let failure = memory.failure();
    let (seq, counts) = (seq.unwrap_or_default(), counts.unwrap_or_default());
    let asked = device::now();
    let beat = Heartbeat {
        device_now: asked,
        pairing: Some(config.kiosk.pairing),
        seq,
        outbox: counts.outbox.into(),
        rejected: counts.rejected.into(),
        oldest_ms: counts.oldest.as_deref().and_then(born).map(|born| (asked - born).max(0)),
        app_version: update::version(),
        persisted: ask_storage("persisted").await.and_then(|persisted| persisted.as_bool()),
        storage: ask_storage("estimate").await.and_then(|estimate| {
            let number = |name| device::property(&estimate, name)?.as_f64();
            Some(StorageEstimate { usage: number("usage")?, quota: number("quota")? })
        }),
        failure,
        battery: BATTERY.get().map(|(level, _)| level),
        charging: BATTERY.get().map(|(_, charging)| charging),
    };
    let reply = server::heartbeat(&token, &beat).await;
    reload::reached(matches!(reply, Reply::Body(_)));
    match reply {
        Reply::Body(reply) => {
            kiosk.learn_offset(reply.server_now, asked);
            let clock = kiosk.clock.get_value();
            let offset = clock.offset().map(|offset| offset.to_string());
            let contact = clock.contact().map(|contact| contact.to_string());
            let _ = memory.set(&[(OFFSET, offset.as_deref()), (CONTACT, contact.as_deref())]).await;
            drain::tell(kiosk, Event::Beat(reply.epoch));
            if counts.outbox > 0 {
                drain::hurry(kiosk);
            }
        }
        Reply::Status(401) => doubt(kiosk),
        Reply::Status(_) => {}
    }
}

/// When a response began: the first 48 bits of its id.
fn born(id: &str) -> Option<Millis> {
    let (seconds, nanos) = Uuid::try_parse(id).ok()?.get_timestamp()?.to_unix();
    Millis::try_from(seconds).ok()?.checked_mul(SECOND)?.checked_add(Millis::from(nanos / 1_000_000))
}

/// What `navigator.storage` says, where the browser has it.
pub(crate) async fn ask_storage(question: &str) -> Option<JsValue> {
    let storage = device::property(&device::window().navigator(), "storage")?;
    let ask: js_sys::Function = device::property(&storage, question)?.dyn_into().ok()?;
    let promise: js_sys::Promise = ask.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
