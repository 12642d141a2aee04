//! The order in which everything wakes up.

use leptos::{leptos_dom::helpers::window_event_listener_untyped, mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, VisibilityState};

use crate::{
    browser::device,
    browser::locks,
    browser::speech,
    corner,
    session::idle,
    session::state::{Kiosk, Scene},
    storage::acked_drafts,
    sync::drain,
    sync::heartbeat,
    sync::pairing,
    sync::restore,
    sync::update,
    view,
};
use api::outbox::shelves::WHOLE;
use domain::visit::Visit;

/// Fills the static shell and starts asking. Called once, by `public/kiosk.js`, with what opens the
/// staff corner.
#[wasm_bindgen]
pub fn start_kiosk(open_corner: js_sys::Function) {
    let Some(shell) = device::document().get_element_by_id("kiosk") else { return };
    let Ok(shell) = shell.dyn_into::<HtmlElement>() else { return };
    let kiosk = Kiosk;
    kiosk.lang.set(device_lang());
    spawn_local(async move {
        wake(kiosk).await;
        // Only now: until then the shell's own loading scene stands, without a flash of another one.
        shell.set_text_content(None);
        mount_to(shell, move || view::root_view(kiosk)).forget();
        update::is_up();
        corner::listen(open_corner);
        if kiosk.scene.get_untracked() == Scene::Insecure {
            return;
        }
        listen(kiosk);
        idle::watch(kiosk);
        spawn_local(locks::alone("aplodi-page", guard(kiosk)));
        spawn_local(heartbeat::keep_in_touch(kiosk));
        spawn_local(pairing::watch(kiosk));
        let whole = kiosk.memory().get(WHOLE).await.ok().flatten();
        drain::begin(kiosk, whole);
    });
}

/// What is known without a network.
async fn wake(kiosk: Kiosk) {
    speech::listen_for_voices();
    on("hashchange", move || {
        if token_in_address().is_some() {
            let _ = device::window().location().reload();
        }
    });
    let brought = take_token();
    if !device::window().is_secure_context() {
        kiosk.scene.set(Scene::Insecure);
        return;
    }
    restore::begin(kiosk).await;
    if let Some(new) = brought.filter(|new| kiosk.token.with_value(|known| known.as_ref() != Some(new)))
        && !pairing::adopt(kiosk, &new).await
    {
        kiosk.brought.set_value(Some(new));
    }
    kiosk.begin_anew();
}

/// As long as this page lives it alone finishes what dead pages left.
async fn guard(kiosk: Kiosk) {
    let alive = || kiosk.visit.with_untracked(Visit::begun).map(|begun| begun.id.to_string());
    while acked_drafts::forget_drafts(&kiosk.memory()).await.is_err() || kiosk.memory().recover(alive).await.is_err() {
        device::sleep(restore::PAUSE).await;
    }
    drain::wake(kiosk);
    locks::for_ever().await;
}

fn listen(kiosk: Kiosk) {
    for event in ["pointerdown", "keydown", "input"] {
        on(event, move || idle::touch(kiosk));
    }
    on("pointerdown", move || drain::hurry(kiosk));
    on("online", move || drain::hurry(kiosk));
    on("visibilitychange", move || {
        kiosk.taps.update_value(|taps| taps.iter_mut().for_each(|tap| tap.may_have_slept = true));
        if device::document().visibility_state() == VisibilityState::Visible {
            kiosk.follow_programme();
            drain::hurry(kiosk);
        }
    });
}

fn on(event: &'static str, then: impl Fn() + 'static) {
    // Never removed: it lives as long as the page.
    std::mem::forget(window_event_listener_untyped(event, move |_| then()));
}

/// The token in the address, which it leaves at once: a photograph of the screen must not hold it.
fn take_token() -> Option<String> {
    let token = token_in_address()?;
    let history = device::window().history();
    let path = device::window().location().pathname().unwrap_or_default();
    let _ = history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&path)));
    Some(token)
}

/// The token in `/kiosk#token=...`.
fn token_in_address() -> Option<String> {
    let fragment = device::window().location().hash().ok()?;
    let token = fragment.strip_prefix("#token=")?;
    (!token.is_empty()).then(|| token.to_owned())
}

/// The language of the device, until a venue says which it speaks.
fn device_lang() -> domain::lang::Lang {
    let tag = device::window().navigator().language().unwrap_or_default();
    tag.get(..2).and_then(|tag| tag.parse().ok()).unwrap_or_default()
}
