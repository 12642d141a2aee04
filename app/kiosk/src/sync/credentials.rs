//! Which token this tablet has.

use crate::session::Access;

/// What the tablet knows of its tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// the token that it delivers with
    pub token: Option<String>,
    /// a token that opens something and that the disk has not taken yet
    pub pending_token: Option<String>,
    /// the token of the address that was opened, until somebody says that this is the tablet it was made for
    pub brought: Option<String>,
    /// the token of an address about which somebody has said that already, one way or the other
    pub settled: Option<String>,
    /// the server does not know the token any more
    pub revoked: bool,
}

impl Credentials {
    /// The token of the address that was opened, where somebody is to say whether this is the tablet. A browser for
    /// kiosks opens the same address at every start: a paired tablet is asked about it once.
    #[must_use]
    pub fn unconfirmed(&self) -> Option<&String> {
        let is_known = |brought: &&String| {
            self.token.is_some() && (self.token.as_ref() == Some(brought) || self.settled.as_ref() == Some(brought))
        };
        self.brought.as_ref().filter(|brought| !is_known(brought))
    }

    /// What they open.
    #[must_use]
    pub fn access(&self) -> Access {
        if self.revoked {
            Access::Revoked
        } else if self.token.is_none() || self.pending_token.is_some() || self.unconfirmed().is_some() {
            Access::Unpaired
        } else {
            Access::Paired
        }
    }
}
