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
    /// the server does not know the token any more
    pub revoked: bool,
}

impl Credentials {
    /// The token of the address that was opened, where the tablet does not have it already: whoever opens the same
    /// address at every start is asked once.
    #[must_use]
    pub fn unconfirmed(&self) -> Option<&String> {
        self.brought.as_ref().filter(|brought| self.token.as_ref() != Some(brought))
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
