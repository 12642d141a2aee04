//! Somebody of whom a provider of OpenID Connect says who they are.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};

use super::{
    StoreError,
    staff::{Role, User},
};

/// What becomes of somebody who comes from a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Admitted {
    /// they may come in
    User(User),
    /// they were disabled here, whatever the provider says
    Disabled,
    /// there is no account, and nothing says what they may do
    Unknown,
}

/// Log-ins by a provider.
#[async_trait]
pub trait OpenIdLogins {
    /// The account of a verified e-mail address (lower case). With a role it is given that role, or made with it under this
    /// id; the last administrator who can log in with a password keeps theirs.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn admit(&self, email: &str, role: Option<Role>, id: UserId, now: Millis) -> Result<Admitted, StoreError>;
}
