//! A new page where the old one has lost its database: `WebKit` sometimes severs the connection for
//! good, and only a reload brings it back. Between visitors, and without forgetting whose tablet this is.

use super::{
    backend::{
        Backend,
        names::{CONFIG, TOKEN},
    },
    host::Host,
};
use crate::storage::{Note, Storage};

/// The pairing has ended, or another one begins: the next page must not go on with this one, should
/// it find the database dead.
pub fn forget<H: Host, S: Storage, A>(backend: &Backend<H, S, A>) {
    backend.config_text.replace(None);
    for name in [TOKEN, CONFIG] {
        backend.storage.set_note(Note::Tab, name, None);
    }
}

/// Reloads where the database worked and does not any more, nobody is answering, nothing is unsaved,
/// and somebody can serve the page: the server, which was just `reached`, or a service worker.
pub fn if_severed<H: Host, S: Storage, A>(backend: &Backend<H, S, A>, reached: bool) {
    let Backend { host, storage, config_text, .. } = backend;
    let is_free = host.session().is_free(host.clocks());
    if !(is_free && storage.is_severed() && (reached || host.is_served_offline())) {
        return;
    }
    let Some(token) = backend.token() else { return };
    // Only for the new page of this tab, in case it finds the database as dead as this one did.
    storage.set_note(Note::Tab, TOKEN, Some(&token));
    if let Some(config) = config_text.take() {
        storage.set_note(Note::Tab, CONFIG, Some(&config));
    }
    host.reload();
}
