//! Three words, until staff have typed them. Also after a pairing has ended: what the outbox holds
//! stays, and goes out with the next token, each response under the pairing that took it.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{
    browser::device,
    server::{self, Reply},
    session::state::{Kiosk, Pass},
    sync::drain,
    sync::heartbeat::{self, CONFIG, ETAG, TOKEN},
    sync::reload,
    sync::restore,
};
use api::pairing::{Invitation, PairingRequest};
use domain::time::{Millis, SECOND};

/// The token of a tablet that waits. It is on the disk before anybody hears its hash: once the words
/// are typed, nobody else can open what it opens.
const PENDING: &str = "pending";

/// The token of a pairing that staff ended at this tablet, for as long as the server may not know.
const ENDED: &str = "ended";

/// The time between two questions to the server.
const PAUSE: Millis = 2 * SECOND;

/// For as long as the page lives: whenever the tablet is no kiosk, it shows words.
pub(crate) async fn watch(kiosk: Kiosk) {
    loop {
        let lang = kiosk.lang.get_untracked();
        if kiosk.needs_pairing() {
            seek(kiosk).await;
        }
        // Who chose another language is not kept waiting for the words.
        if kiosk.lang.get_untracked() == lang {
            device::sleep(PAUSE).await;
        }
    }
}

/// Keeps a token, and means it from now on. False where the disk did not take it: then nothing has
/// changed. What another pairing was told is not for this one; what it took stays in the outbox.
pub(crate) async fn adopt(kiosk: Kiosk, token: &str) -> bool {
    let changes = [(TOKEN, Some(token)), (PENDING, None), (CONFIG, None), (ETAG, None)];
    if kiosk.memory().set(&changes).await.is_err() {
        return false;
    }
    reload::forget();
    kiosk.token.set_value(Some(token.to_owned()));
    kiosk.brought.set_value(None);
    kiosk.config.set_value(None);
    kiosk.revoked.set_value(false);
    // Some browsers ask people first, and wait for them as long as it takes.
    spawn_local(async {
        let _ = heartbeat::ask_storage("persist").await;
    });
    true
}

/// Ends the pairing, with or without a network: the token opens nothing here any more, and what waits
/// stays in the outbox. False where the disk did not take it: then nothing has changed.
pub(crate) async fn end(kiosk: Kiosk) -> bool {
    let token = kiosk.token.get_value();
    // The configuration stays: with it the PIN, and the way to an export.
    let changes = [(TOKEN, None), (ENDED, token.as_deref())];
    // Without a pairing there is none to tell of, and an earlier one may still have to be told.
    let changes = if token.is_some() { &changes[..] } else { &changes[..1] };
    if kiosk.memory().set(changes).await.is_err() {
        return false;
    }
    reload::forget();
    kiosk.token.set_value(None);
    true
}

/// Tells the server that a pairing was ended here, as often as it takes: to staff the tablet must not
/// look as if it had fallen silent.
pub(crate) async fn tell_the_end(kiosk: Kiosk) {
    let Ok(Some(ended)) = kiosk.memory().get(ENDED).await else { return };
    // Somebody may have opened the address with the same token again, before anybody heard of its end.
    let goes_on = kiosk.token.with_value(|token| token.as_ref() == Some(&ended));
    if goes_on || server::unpair(&ended).await {
        // Where this fails, the server says the next time that it knows.
        let _ = kiosk.memory().set(&[(ENDED, None)]).await;
    }
}

/// One set of words, from the question to their end.
async fn seek(kiosk: Kiosk) {
    let (brought, was_paired) = (kiosk.brought.get_value(), kiosk.token.with_value(Option::is_some));
    // The disk may not have answered when the page began, or another tab has been paired since.
    if (brought.is_some() || !was_paired) && restore::recall(kiosk).await.is_err() {
        return show(kiosk, Pass::Unkept);
    }
    let token = kiosk.token.get_value();
    if brought.is_some() && brought == token {
        kiosk.brought.set_value(None);
        return begin(kiosk).await;
    }
    if let Some(brought) = brought {
        return if adopt(kiosk, &brought).await { begin(kiosk).await } else { show(kiosk, Pass::Unkept) };
    }
    if token.is_some() && !was_paired {
        return begin(kiosk).await;
    }
    let Some((token, hash)) = own_token(kiosk).await else { return show(kiosk, Pass::Unkept) };
    let lang = kiosk.lang.get_untracked();
    let invitation = match server::words(&PairingRequest { token_sha256: hash, lang }).await {
        Reply::Body(invitation) => invitation,
        Reply::Status(429) => return show(kiosk, Pass::Crowded),
        Reply::Status(_) => return show(kiosk, Pass::Asking),
    };
    let until = device::monotonic() + (invitation.expires_at - invitation.server_now);
    let invitation = Arc::new(invitation);
    kiosk.pass_left.set((until - device::monotonic()) / SECOND);
    show(kiosk, Pass::Shown(Arc::clone(&invitation), lang));
    let mut asked = device::monotonic();
    while kiosk.needs_pairing() && kiosk.lang.get_untracked() == lang && device::monotonic() < until {
        device::sleep(SECOND / 2).await;
        kiosk.pass_left.set(((until - device::monotonic()) / SECOND).max(0));
        if device::monotonic() - asked >= PAUSE {
            asked = device::monotonic();
            if !is_still_waiting(kiosk, &token, &invitation).await {
                return;
            }
        }
    }
}

/// Whether nobody has typed the words yet, as far as is known.
async fn is_still_waiting(kiosk: Kiosk, token: &str, invitation: &Invitation) -> bool {
    match server::welcome(token, invitation.id).await {
        Reply::Body(_) => {
            if adopt(kiosk, token).await {
                begin(kiosk).await;
            } else {
                kiosk.brought.set_value(Some(token.to_owned()));
            }
            false
        }
        // Used or too old, or the server has forgotten: the next words come with the next round.
        Reply::Status(404 | 410) => false,
        Reply::Status(_) => true,
    }
}

/// The curtain rises.
async fn begin(kiosk: Kiosk) {
    show(kiosk, Pass::Asking);
    kiosk.follow_programme();
    heartbeat::refresh(kiosk).await;
    // Whoever has just paired it looks whether it is there.
    heartbeat::beat(kiosk).await;
    drain::hurry(kiosk);
}

/// Shows something else; what stands there already is not built anew.
fn show(kiosk: Kiosk, pass: Pass) {
    if kiosk.pass.with_untracked(|shown| *shown != pass) {
        kiosk.pass.set(pass);
    }
}

/// The token with which this tablet waits, and its hash.
async fn own_token(kiosk: Kiosk) -> Option<(String, String)> {
    let token = kiosk.memory().claim(PENDING, &device::secret()?).await.ok()?;
    let hash = device::sha256(&token).await?;
    Some((token, hash))
}
