//! What is known without a network. The disk is asked until it has answered once: after a power cut a
//! database may take its time, and a tablet whose server is away has nothing else to go by.

use std::sync::Arc;

use wasm_bindgen_futures::spawn_local;

use crate::{
    browser::device,
    browser::json,
    corner::demo::{self, DEMO},
    session::state::Kiosk,
    storage::indexed_db::Failed,
    sync::heartbeat::{self, CONFIG, CONTACT, OFFSET, TOKEN},
    sync::reload,
};
use domain::time::{Millis, SECOND};

/// The time between two questions to a disk that does not answer.
pub(crate) const PAUSE: Millis = 2 * SECOND;

/// For a page that has just begun. Returns with what is there; where the disk does not answer yet, that is what the page
/// before left, and the rest follows.
pub(crate) async fn begin(kiosk: Kiosk) {
    if recall(kiosk).await.is_ok() {
        return;
    }
    take(kiosk, reload::left(TOKEN), reload::left(CONFIG));
    spawn_local(async move {
        while recall(kiosk).await.is_err() {
            device::sleep(PAUSE).await;
        }
    });
}

/// Takes over what earlier pages, or another tab, have written down and this page does not know better.
pub(crate) async fn recall(kiosk: Kiosk) -> Result<(), Failed> {
    let mut texts = kiosk.memory().texts(&[TOKEN, CONFIG, OFFSET, CONTACT, DEMO]).await?.into_iter();
    let mut next = || texts.next().flatten();
    let (token, config) = (next(), next());
    let mut number = || next()?.parse().ok();
    let (offset, contact, demo_until) = (number(), number(), number());
    kiosk.clock.update_value(|clock| clock.recall(offset, contact, device::clocks()));
    demo::resume(kiosk, demo_until);
    take(kiosk, token, config);
    Ok(())
}

fn take(kiosk: Kiosk, token: Option<String>, config: Option<String>) {
    let is_new = kiosk.token.with_value(Option::is_none) && token.is_some();
    if is_new {
        kiosk.token.set_value(token);
        // Some browsers ask people first, and wait for them as long as it takes.
        spawn_local(async {
            let _ = heartbeat::ask_storage("persist").await;
        });
    }
    if kiosk.config.with_value(Option::is_none) {
        kiosk.config.set_value(config.as_deref().and_then(json::read).map(Arc::new));
        reload::carry(config);
    }
    if is_new && !kiosk.is_busy() {
        kiosk.begin_anew();
    }
}
