//! A new page where the old one has lost its database: `WebKit` sometimes severs the connection for
//! good, and only a reload brings it back. Between visitors, and without forgetting whose tablet this is.

use std::cell::RefCell;

use crate::{
    browser::device::{self, property},
    session::state::Kiosk,
    sync::heartbeat::{CONFIG, TOKEN},
    sync::update,
};

thread_local! {
    static LEFT: RefCell<Left> = RefCell::default();
}

/// What a page leaves to the next one, and whether there will be one.
#[derive(Default)]
struct Left {
    /// the newest configuration as it came
    config: Option<String>,
    /// whether the last sign of life was answered
    reached: bool,
}

/// The newest configuration as it came, for a page that has to do without the database.
pub(crate) fn carry(config: Option<String>) {
    LEFT.with_borrow_mut(|left| left.config = config);
}

/// The pairing has ended, or another one begins: the next page must not go on with this one, should
/// it find the database dead.
pub(crate) fn forget() {
    carry(None);
    for name in [TOKEN, CONFIG] {
        let _ = session().map(|storage| storage.remove_item(name));
    }
}

/// Whether a sign of life was answered.
pub(crate) fn reached(reached: bool) {
    LEFT.with_borrow_mut(|left| left.reached = reached);
}

/// Reloads where the database worked and does not any more, nobody is answering, nothing is unsaved,
/// and somebody can serve the page.
pub(crate) fn if_severed(kiosk: Kiosk) {
    if !(update::is_free()
        && kiosk.memory().is_severed()
        && (LEFT.with_borrow(|left| left.reached) || is_served_offline()))
    {
        return;
    }
    let Some(token) = kiosk.token.get_value() else { return };
    let config = LEFT.with_borrow_mut(|left| left.config.take());
    // Only for the new page of this tab, in case it finds the database as dead as this one did.
    if let Some(storage) = session() {
        let _ = storage.set_item(TOKEN, &token);
        let _ = config.map(|config| storage.set_item(CONFIG, &config));
    }
    let _ = device::window().location().reload();
}

/// What the page before this one left under a name, for want of a database.
pub(crate) fn left(name: &str) -> Option<String> {
    session()?.get_item(name).ok()?
}

fn session() -> Option<web_sys::Storage> {
    device::window().session_storage().ok()?
}

/// Whether a service worker serves the page without a network.
fn is_served_offline() -> bool {
    property(&device::window().navigator(), "serviceWorker")
        .and_then(|workers| property(&workers, "controller"))
        .is_some()
}
