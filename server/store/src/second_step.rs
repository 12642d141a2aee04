//! The second step at the log-in: what an authenticator app and the server share, and codes for the day the phone is lost.
//! The secret is kept as the server's own keys are: whoever may read the database file is trusted.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};

use super::{StoreError, kiosks::TokenHash};

/// What a code is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondStep {
    /// shared with the app
    pub secret: Vec<u8>,
    /// how many recovery codes have not been used
    pub codes_left: usize,
}

/// The second step.
#[async_trait]
pub trait SecondSteps {
    /// That of a user; `None`: they have none.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn second_step(&self, user: UserId) -> Result<Option<SecondStep>, StoreError>;

    /// Switches it on, with the step that showed that the app has the secret. Every log-in ends that did without, but the
    /// one in which it is done.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn switch_on(
        &self,
        user: UserId,
        secret: &[u8],
        step: i64,
        codes: &[TokenHash],
        here: Option<TokenHash>,
        now: Millis,
    ) -> Result<(), StoreError>;

    /// Switches it off; whoever has the account did it.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn switch_off(&self, user: UserId, now: Millis) -> Result<(), StoreError>;

    /// Uses a step up. False where it, or a later one, was used before: no code opens twice.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn use_step(&self, user: UserId, step: i64) -> Result<bool, StoreError>;

    /// Uses a recovery code up. False where it is none, or was used before.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    async fn use_recovery_code(&self, user: UserId, code: TokenHash, now: Millis) -> Result<bool, StoreError>;
}
