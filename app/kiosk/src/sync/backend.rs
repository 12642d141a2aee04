//! What the parts of sync share.

use std::cell::RefCell;

use super::{credentials::Credentials, host::Host};
use crate::session::{Access, Event};

/// The names under which things are remembered.
pub mod names {
    /// the token
    pub const TOKEN: &str = "token";
    /// the configuration as it came
    pub const CONFIG: &str = "config";
    /// under which the configuration is asked for again
    pub const ETAG: &str = "etag";
    /// server clock minus device clock
    pub const OFFSET: &str = "offset";
    /// the device's clock when the server answered last
    pub const CONTACT: &str = "contact_at";
    /// until when demo mode lasts, by the device's clock
    pub const DEMO: &str = "demo_until";
    /// The token of a tablet that waits. It is on the disk before anybody hears its hash: once the words
    /// are typed, nobody else can open what it opens.
    pub const PENDING: &str = "pending";
    /// The token of a pairing that staff ended at this tablet, for as long as the server may not know.
    pub const ENDED: &str = "ended";
    /// The token of the address that was opened: in the tab's own notes for as long as nobody has said whether it is
    /// for this device, and on the disk once somebody has.
    pub const BROUGHT: &str = "brought";
}

/// Host, storage and server, and who the tablet is to them.
#[derive(Debug)]
pub struct Backend<H, S, A> {
    /// the page
    pub host: H,
    /// its memory
    pub storage: S,
    /// the server
    pub server: A,
    credentials: RefCell<Credentials>,
    /// the newest configuration as it came, for a page that has to do without the database
    pub config_text: RefCell<Option<String>>,
}

impl<H: Host, S, A> Backend<H, S, A> {
    /// Nothing is known yet.
    pub fn new(host: H, storage: S, server: A) -> Self {
        Self { host, storage, server, credentials: RefCell::default(), config_text: RefCell::default() }
    }

    /// The token that the tablet delivers with.
    pub fn token(&self) -> Option<String> {
        self.credentials.borrow().token.clone()
    }

    /// A token that opens something and that the disk has not taken yet.
    pub fn pending_token(&self) -> Option<String> {
        self.credentials.borrow().pending_token.clone()
    }

    /// The token of the address that was opened.
    pub fn brought(&self) -> Option<String> {
        self.credentials.borrow().brought.clone()
    }

    /// The token of the address that was opened, where nobody has said yet that this is the tablet.
    pub fn unconfirmed(&self) -> Option<String> {
        self.credentials.borrow().unconfirmed().cloned()
    }

    /// Whether the server does not know the token any more.
    pub fn is_revoked(&self) -> bool {
        self.credentials.borrow().revoked
    }

    /// What the credentials open.
    pub fn access(&self) -> Access {
        self.credentials.borrow().access()
    }

    /// Changes the credentials, and tells the session where they open something else now.
    pub fn change_credentials(&self, change: impl FnOnce(&mut Credentials)) {
        let before = self.access();
        change(&mut self.credentials.borrow_mut());
        let after = self.access();
        if after != before {
            self.host.send(Event::Access(after));
        }
    }
}
