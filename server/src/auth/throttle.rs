//! The throttle against guessing passwords, counted in the store so that several servers on one
//! database count together.

use app::domain::time::{MINUTE, Millis};

use crate::store::{Store, StoreError};

/// So many attempts with one address ...
pub const ATTEMPTS: u32 = 5;
/// ... within this time, and the address waits.
pub const WITHIN: Millis = 15 * MINUTE;

/// Whether one may try to log in with this address now. The attempt is counted before the password
/// is looked at: many that come at once cannot all find that nobody has tried yet.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn may_try(store: &dyn Store, email: &str, now: Millis) -> Result<bool, StoreError> {
    store.try_login(email, now, now - WITHIN, ATTEMPTS).await
}

/// Forgets the attempts with an address: the password was right.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn succeeded(store: &dyn Store, email: &str) -> Result<(), StoreError> {
    store.forget_logins(email).await
}
