//! Which token this tablet has.

use crate::session::Access;

/// What the tablet knows of its tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// the token that it delivers with
    pub token: Option<String>,
    /// a token that opens something and that the disk has not taken yet
    pub pending_token: Option<String>,
    /// the server does not know the token any more
    pub revoked: bool,
}

impl Credentials {
    /// What they open.
    #[must_use]
    pub const fn access(&self) -> Access {
        if self.revoked {
            Access::Revoked
        } else if self.token.is_none() || self.pending_token.is_some() {
            Access::Unpaired
        } else {
            Access::Paired
        }
    }
}
