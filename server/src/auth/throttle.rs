//! The throttle against guessing passwords, counted in the store so that several servers on one
//! database count together.

use app::domain::time::{MINUTE, Millis};

use crate::store::{Store, StoreError};

/// So many wrong passwords for one address ...
pub const FAILURES: u32 = 5;
/// ... within this time, and the address waits.
pub const WITHIN: Millis = 15 * MINUTE;

/// Whether one may try to log in with this address now.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn may_try(store: &dyn Store, email: &str, now: Millis) -> Result<bool, StoreError> {
    Ok(store.failed_logins(email, now - WITHIN).await? < FAILURES)
}

/// Counts a wrong password.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn failed(store: &dyn Store, email: &str, now: Millis) -> Result<(), StoreError> {
    store.add_failed_login(email, now, now - WITHIN).await
}
