//! The order in which everything wakes up, and who carries out what the session wants.

use std::{cell::OnceCell, rc::Rc};

use domain::lang::Lang;
use js_sys::Function;
use leptos::{leptos_dom::helpers::window_event_listener_untyped, mount::mount_to};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlElement, VisibilityState};

use crate::{
    browser::{
        device,
        page::{Battery, Page},
        speech,
    },
    corner,
    driver::Driver,
    server::http::Http,
    session::{Effect, Event},
    storage::{Storage, indexed_db::IndexedDb},
    sync::{backend::names::DEMO, cycle::Sync, host::Host, restore},
    view,
};
use api::outbox::drain;
use domain::time::SECOND;

/// Rust's own allocator for browsers is three times as large, and no faster for as little as this program asks for.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// How often the session is told that time passes, in milliseconds.
const TICK: i32 = 250;

/// Sync, as it runs in a browser.
pub(crate) type BrowserSync = Sync<Page, IndexedDb, Http>;

/// The tablet's program, as the scripts in `public/` see it.
#[wasm_bindgen]
pub struct Tablet {
    pub(crate) driver: Driver,
    pub(crate) sync: Rc<BrowserSync>,
    battery: Battery,
}

#[wasm_bindgen]
impl Tablet {
    /// How the battery is, for the signs of life; `public/awake.js` knows, where the browser tells.
    pub fn battery(&self, level: f64, charging: bool) {
        self.battery.set(Some((level, charging)));
    }

    /// Whether the page may be loaded anew; asked by `public/update.js`.
    pub fn is_free(&self) -> bool {
        self.driver.session().is_free(device::clocks())
    }
}

/// Fills the static shell and starts asking. Called once, by `public/kiosk.js`, with what opens the
/// staff corner, and what shows staff how to pair the tablet.
#[wasm_bindgen]
pub fn start_kiosk(shell: HtmlElement, open_corner: Function, open_pairing: Function) -> Tablet {
    let driver = Driver::new();
    driver.send(Event::Language(device_lang().into()));
    let battery = Battery::default();
    let sync = sync(driver, &battery);
    let page = Rc::clone(&sync);
    sync.backend.host.spawn(Box::pin(async move {
        if device::window().is_secure_context() {
            wake(&page).await;
        } else {
            driver.send(Event::Insecure);
        }
        // Only now: until then the shell's own loading scene stands, without a flash of another one.
        shell.set_text_content(None);
        mount_to(shell, move || view::root_view(driver, open_pairing)).forget();
        corner::listen(open_corner);
        if device::window().is_secure_context() {
            listen(driver, &page);
            keep_going(page).await;
        }
    }));
    Tablet { driver, sync, battery }
}

/// Sync, and what the session wants of it and of the browser.
fn sync(driver: Driver, battery: &Battery) -> Rc<BrowserSync> {
    let doubter: Rc<OnceCell<Rc<BrowserSync>>> = Rc::default();
    let later = Rc::clone(&doubter);
    let doubt = Box::new(move || {
        if let Some(sync) = later.get().cloned() {
            let host = Rc::clone(&sync.backend);
            host.host.spawn(Box::pin(async move { sync.heartbeat.doubt().await }));
        }
    });
    let host = Page { driver, battery: Rc::clone(battery), doubt };
    let sync = Rc::new(Sync::new(host, IndexedDb::default(), Http));
    let _ = doubter.set(Rc::clone(&sync));
    let handle = Rc::clone(&sync);
    driver.on_effect(Box::new(move |effect| carry_out(driver, &handle, effect)));
    sync
}

fn carry_out(driver: Driver, sync: &Rc<BrowserSync>, effect: Effect) {
    let host = &sync.backend.host;
    let sync = Rc::clone(sync);
    match effect {
        Effect::Timer(timer, millis) => {
            device::after(millis, Box::new(move || driver.send(Event::TimerFired(timer))));
        }
        // Only once the question is no longer inert.
        Effect::Focus => device::after(0, Box::new(|| device::focus("q"))),
        Effect::StopSpeaking => speech::stop(),
        Effect::Hold(id) => host.spawn_alone(
            &id.to_string(),
            Box::pin(async move {
                while driver.session().holds(id) {
                    device::sleep(SECOND).await;
                }
            }),
        ),
        Effect::Draft(id, text) => host.spawn(Box::pin(async move {
            // Where this fails, the end of the visit will say so.
            let _ = sync.backend.storage.draft(&id.to_string(), text.as_deref()).await;
        })),
        Effect::Save(item) => host.spawn(Box::pin(async move {
            let saved = sync.outbox.save(&item).await;
            driver.send(Event::Saved(item.id, saved));
        })),
        Effect::Rescue => host.spawn(Box::pin(async move {
            sync.outbox.rescue().await;
            driver.send(Event::Rescued);
        })),
        Effect::RememberDemo(until) => host.spawn(Box::pin(async move {
            let until = until.map(|until| until.to_string());
            // Where it cannot be kept, it ends with the page.
            let _ = sync.backend.storage.set(&[(DEMO, until.as_deref())]).await;
        })),
    }
}

/// What is known without a network.
async fn wake(sync: &Rc<BrowserSync>) {
    restore::begin(&sync.backend).await;
    sync.pairing.bring();
    sync.backend.host.send(Event::Started);
}

fn listen(driver: Driver, sync: &Rc<BrowserSync>) {
    for event in ["pointerdown", "keydown", "input"] {
        on(event, move || driver.send(Event::Touched));
    }
    // A good moment to try, and to forget earlier failures.
    for event in ["pointerdown", "online", "visibilitychange"] {
        let outbox = Rc::clone(&sync.outbox);
        on(event, move || {
            if event == "visibilitychange" {
                let visible = device::document().visibility_state() == VisibilityState::Visible;
                driver.send(Event::Visibility { visible });
                if !visible {
                    return;
                }
            }
            outbox.tell(drain::Event::Hurry);
        });
    }
    device::every(TICK, Box::new(move || driver.send(Event::Tick)));
}

/// For as long as the page lives.
async fn keep_going(sync: Rc<BrowserSync>) {
    let host = &sync.backend.host;
    let guard = Rc::clone(&sync);
    host.spawn_alone(
        "aplodi-page",
        Box::pin(async move {
            guard.finish_left_behind().await;
            // Whoever holds this lock keeps it until the page dies.
            std::future::pending::<()>().await;
        }),
    );
    let outbox = Rc::clone(&sync.outbox);
    host.spawn(Box::pin(async move { outbox.begin().await }));
    sync.keep_in_touch().await;
}

fn on(event: &'static str, then: impl Fn() + 'static) {
    // Never removed: it lives as long as the page.
    std::mem::forget(window_event_listener_untyped(event, move |_| then()));
}

/// The language of the device, until a venue says which it speaks.
fn device_lang() -> Lang {
    let tag = device::window().navigator().language().unwrap_or_default();
    tag.get(..2).and_then(|tag| tag.parse().ok()).unwrap_or_default()
}
