//! What is known without a network. The disk is asked until it has answered once: after a power cut a
//! database may take its time, and a tablet whose server is away has nothing else to go by.

use std::{rc::Rc, sync::Arc};

use domain::time::{Millis, SECOND};

use super::{
    backend::{
        Backend,
        names::{BROUGHT, CONFIG, CONTACT, DEMO, OFFSET, TOKEN},
    },
    host::Host,
};
use crate::{
    server::Server,
    session::Event,
    storage::{Failed, Note, Storage},
};

/// The time between two questions to a disk that does not answer.
pub const PAUSE: Millis = 2 * SECOND;

/// For a page that has just begun. Returns with what is there; where the disk does not answer yet, that is what the page
/// before left, and the rest follows.
pub async fn begin<H, S, A>(backend: &Rc<Backend<H, S, A>>)
where
    H: Host + 'static,
    S: Storage + 'static,
    A: Server + 'static,
{
    if restore(backend).await.is_ok() {
        return;
    }
    let left = |name| backend.storage.note(Note::Tab, name);
    take(backend, left(TOKEN), left(CONFIG));
    let backend = Rc::clone(backend);
    backend.clone().host.spawn(Box::pin(async move {
        while restore(&backend).await.is_err() {
            backend.host.sleep(PAUSE).await;
        }
    }));
}

/// Takes over what earlier pages, or another tab, have written down and this page does not know better.
///
/// # Errors
///
/// The disk did not answer.
pub async fn restore<H: Host, S: Storage, A: Server>(backend: &Backend<H, S, A>) -> Result<(), Failed> {
    let mut texts = backend.storage.texts(&[TOKEN, CONFIG, BROUGHT, OFFSET, CONTACT, DEMO]).await?.into_iter();
    let mut next = || texts.next().flatten();
    let (token, config, settled) = (next(), next(), next());
    let mut number = || next()?.parse().ok();
    let (offset, contact, demo_until) = (number(), number(), number());
    backend.host.send(Event::ClockRestored(offset, contact));
    backend.host.send(Event::DemoRestored(demo_until));
    backend.change_credentials(|credentials| credentials.settled = settled);
    take(backend, token, config);
    Ok(())
}

fn take<H: Host, S: Storage, A: Server>(backend: &Backend<H, S, A>, token: Option<String>, config: Option<String>) {
    let is_new = backend.token().is_none() && token.is_some();
    let is_unconfigured = backend.host.session().config().is_none();
    if is_unconfigured {
        let read = config.as_deref().and_then(|text| backend.server.read_config(text)).map(Arc::new);
        backend.config_text.replace(config);
        backend.host.send(Event::Restored(read));
    }
    if is_new {
        backend.change_credentials(|credentials| credentials.token = token);
        backend.host.ask_to_persist();
    }
}
