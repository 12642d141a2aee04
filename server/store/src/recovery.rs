//! The printed recovery code: how an association gets back in when no administrator can log in any more. It opens once, and
//! whoever types it can become an administrator.

use async_trait::async_trait;
use domain::time::Millis;

use super::{
    StoreError,
    kiosks::TokenHash,
    staff::{SetupLink, User},
};

/// Who becomes an administrator by a link that the code has opened.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// the link that allows it
    pub link: TokenHash,
    /// who: with a known e-mail address, that account, whatever its id
    pub user: User,
    /// the hash of their password, in PHC format
    pub password: String,
    /// what is printed now that the code was used; `None`: nothing yet
    pub code: Option<TokenHash>,
}

/// What the code does.
#[async_trait]
pub trait Recovery {
    /// Uses the code up, and gives a link for it. Every administrator finds a notice. False where it is not the code, and
    /// nothing has changed.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn use_printed_code(&self, code: TokenHash, link: &SetupLink, now: Millis) -> Result<bool, StoreError>;

    /// Makes somebody an administrator who sees everything, with a password, and uses the link up. A second step that an
    /// account has stays. `None` where the link was used or is too old, and nothing has changed.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn recover(&self, recovered: &Recovered, now: Millis) -> Result<Option<User>, StoreError>;

    /// The e-mail addresses of administrators who see everything and may log in.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn administrators(&self) -> Result<Vec<String>, StoreError>;
}

/// What administrators do about it who see everything. For anybody else nothing is there.
#[async_trait]
pub trait StaffRecovery {
    /// When the code was made that opens; `None` where there is none.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn printed_code_made_at(&self) -> Result<Option<Millis>, StoreError>;

    /// Another code opens from now on. False where the caller may not.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn renew_printed_code(&self, code: TokenHash) -> Result<bool, StoreError>;

    /// The caller has seen that the code was used.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn recovery_seen(&self) -> Result<(), StoreError>;
}
