//! This page, as sync sees it.

use std::{
    cell::{Cell, Ref},
    rc::Rc,
};

use domain::{heartbeat::StorageEstimate, server_clock::Clocks, time::Millis};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{
    device::{self, property},
    locks,
};
use crate::{
    driver::Driver,
    session::{Event, Session},
    sync::host::{DeviceHealth, Host, Work},
};

/// How full the battery is, 0 to 1, and whether it is being charged, where the browser tells.
pub(crate) type Battery = Rc<Cell<Option<(f64, bool)>>>;

/// The page.
pub(crate) struct Page {
    pub(crate) driver: Driver,
    pub(crate) battery: Battery,
    /// set while a token is doubted, for whoever looks
    pub(crate) doubt: Box<dyn Fn()>,
}

impl Host for Page {
    fn send(&self, event: Event) {
        self.driver.send(event);
    }

    fn session(&self) -> Ref<'_, Session> {
        self.driver.session()
    }

    fn clocks(&self) -> Clocks {
        device::clocks()
    }

    fn jitter(&self) -> f64 {
        device::random_unit()
    }

    async fn sleep(&self, millis: Millis) {
        device::sleep(millis).await;
    }

    fn spawn(&self, work: Work) {
        spawn_local(work);
    }

    fn spawn_alone(&self, lock: &str, work: Work) {
        let lock = lock.to_owned();
        self.spawn(Box::pin(async move { locks::alone(&lock, work).await }));
    }

    fn doubt_token(&self) {
        (self.doubt)();
    }

    fn ask_to_persist(&self) {
        self.spawn(Box::pin(async {
            let _ = ask_storage("persist").await;
        }));
    }

    async fn health(&self) -> DeviceHealth {
        DeviceHealth {
            app_version: version(),
            persisted: ask_storage("persisted").await.and_then(|persisted| persisted.as_bool()),
            storage: ask_storage("estimate").await.and_then(|estimate| {
                let number = |name| property(&estimate, name)?.as_f64();
                Some(StorageEstimate { usage: number("usage")?, quota: number("quota")? })
            }),
            unkept: told("data-unkept"),
            command_done: told("data-done").and_then(|number| number.parse().ok()),
            battery: self.battery.get(),
        }
    }

    fn reload(&self) {
        let _ = device::window().location().reload();
    }

    fn is_served_offline(&self) -> bool {
        property(&device::window().navigator(), "serviceWorker")
            .and_then(|workers| property(&workers, "controller"))
            .is_some()
    }
}

/// What a script has left on the page.
fn told(name: &str) -> Option<String> {
    device::document().document_element()?.get_attribute(name)
}

/// Leaves what answered a heartbeat on the page, for `public/remote.js`.
pub(crate) fn show_beat(text: &str) {
    let _ = device::document().document_element().map(|root| root.set_attribute("data-beat", text));
}

/// Which program this page runs, such as `0.1.0+3f2a09c41b77`: the version, and the build that the shell names.
pub(crate) fn version() -> String {
    let shell = device::document().get_element_by_id("kiosk");
    let build = shell.and_then(|shell| shell.get_attribute("data-build")).unwrap_or_default();
    [env!("CARGO_PKG_VERSION"), "+", &build].concat().trim_end_matches('+').to_owned()
}

/// What `navigator.storage` says, where the browser has it.
async fn ask_storage(question: &str) -> Option<JsValue> {
    let storage = property(&device::window().navigator(), "storage")?;
    let ask: Function = property(&storage, question)?.dyn_into().ok()?;
    let promise: Promise = ask.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
