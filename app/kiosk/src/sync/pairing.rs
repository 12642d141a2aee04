//! How the tablet gets a token, and how a pairing ends. What staff see meanwhile is drawn by `public/pairing.js`. After
//! a pairing has ended what the outbox holds stays, and goes out with the next token, each response under the pairing
//! that took it.

use std::rc::Rc;

use super::{
    backend::{
        Backend,
        names::{BROUGHT, CONFIG, ENDED, ETAG, PENDING, TOKEN},
    },
    host::Host,
    reload, restore,
};
use crate::{
    server::Server,
    session::{Access, Event},
    storage::{Note, Storage},
};

/// What a tablet without a pairing is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// it has a pairing after all
    Paired,
    /// the address that was opened has this token: whoever stands here is to say whether this is the tablet
    Brought(String),
    /// the disk does not keep a token, so there is none
    Unkept,
    /// ask for words with the hash of this token
    With(String),
}

/// Pairing, for one page.
#[derive(Debug)]
pub struct Pairing<H, S, A> {
    backend: Rc<Backend<H, S, A>>,
}

impl<H: Host, S: Storage, A: Server> Pairing<H, S, A> {
    /// For a page.
    pub const fn new(backend: Rc<Backend<H, S, A>>) -> Self {
        Self { backend }
    }

    /// Looks whether the address had a token: `public/kiosk.js` notes it. Whatever opens an address would have it, the
    /// preview of a chat as well: it counts once somebody says that this is the tablet.
    pub fn bring(&self) {
        let brought = self.backend.storage.note(Note::Tab, BROUGHT);
        self.backend.change_credentials(|credentials| credentials.brought = brought);
    }

    /// About the address that was opened nothing is left to say: what was before goes on.
    pub async fn leave(&self) {
        let Some(settled) = self.backend.brought() else { return };
        // Where this fails, somebody is asked once more.
        let _ = self.backend.storage.set(&[(BROUGHT, Some(&settled))]).await;
        self.backend.storage.set_note(Note::Tab, BROUGHT, None);
        self.backend.change_credentials(|credentials| {
            credentials.settled = Some(settled);
            credentials.brought = None;
        });
    }

    /// Keeps a token, and means it from now on. False where the disk did not take it: then nothing has
    /// changed. What another pairing was told is not for this one; what it took stays in the outbox.
    pub async fn adopt(&self, token: &str) -> bool {
        let Backend { host, storage, .. } = &*self.backend;
        let changes = [(TOKEN, Some(token)), (PENDING, None), (CONFIG, None), (ETAG, None)];
        if storage.set(&changes).await.is_err() {
            return false;
        }
        reload::forget(&self.backend);
        host.send(Event::Unconfigured);
        self.backend.change_credentials(|credentials| {
            credentials.token = Some(token.to_owned());
            credentials.pending_token = None;
            credentials.revoked = false;
        });
        host.ask_to_persist();
        true
    }

    /// Looks whether there is a token after all, and makes one to ask with where there is none. `secret` is 256 bits
    /// that nobody can guess.
    pub async fn invite(&self, secret: Option<String>) -> Invited {
        if let Some(brought) = self.backend.unconfirmed() {
            return Invited::Brought(brought);
        }
        let pending = self.backend.pending_token();
        let had_token = self.backend.token().is_some();
        // The disk may not have answered when the page began, or another tab has been paired since.
        if (pending.is_some() || !had_token) && restore::restore(&self.backend).await.is_err() {
            return Invited::Unkept;
        }
        let token = self.backend.token();
        if let Some(pending) = pending {
            if token.as_ref() == Some(&pending) {
                self.backend.change_credentials(|credentials| credentials.pending_token = None);
                return Invited::Paired;
            }
            return if self.adopt(&pending).await { Invited::Paired } else { Invited::Unkept };
        }
        if token.is_some() && !had_token || self.backend.access() == Access::Paired {
            return Invited::Paired;
        }
        let Some(secret) = secret else { return Invited::Unkept };
        match self.backend.storage.claim(PENDING, &secret).await {
            Ok(token) => Invited::With(token),
            Err(_) => Invited::Unkept,
        }
    }

    /// Somebody has typed the words, or said that this is the tablet: the token opens something. False where the disk did not take it yet.
    pub async fn welcome(&self, token: &str) -> bool {
        let adopted = self.adopt(token).await;
        if !adopted {
            self.backend.change_credentials(|credentials| credentials.pending_token = Some(token.to_owned()));
        }
        self.leave().await;
        adopted
    }

    /// Ends the pairing, with or without a network: the token opens nothing here any more, and what waits
    /// stays in the outbox. False where the disk did not take it: then nothing has changed.
    pub async fn end(&self) -> bool {
        let token = self.backend.token();
        // The configuration stays: with it the PIN, and the way to an export.
        let changes = [(TOKEN, None), (ENDED, token.as_deref())];
        // Without a pairing there is none to tell of, and an earlier one may still have to be told.
        let changes = if token.is_some() { &changes[..] } else { &changes[..1] };
        if self.backend.storage.set(changes).await.is_err() {
            return false;
        }
        reload::forget(&self.backend);
        self.backend.change_credentials(|credentials| credentials.token = None);
        true
    }

    /// Tells the server of a pairing that staff ended here, until it knows: else the tablet would
    /// look as if it had fallen silent.
    pub async fn tell_the_end(&self) {
        let Backend { storage, server, .. } = &*self.backend;
        let Ok(Some(ended)) = storage.get(ENDED).await else { return };
        // Somebody may have opened the address with the same token again, before anybody heard of its end.
        let goes_on = self.backend.token().as_ref() == Some(&ended);
        if goes_on || server.unpair(&ended).await {
            // Where this fails, the server says the next time that it knows.
            let _ = storage.set(&[(ENDED, None)]).await;
        }
    }
}
