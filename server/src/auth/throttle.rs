//! The throttle against guessing passwords and the words of waiting tablets, counted in the store so
//! that several servers on one database count together.

use domain::{
    id::UserId,
    time::{MINUTE, Millis},
};

use store::{StoreError, SystemStore};

/// So many attempts with one address ...
pub const ATTEMPTS: u32 = 5;
/// ... within this time, and the address waits.
pub const WITHIN: Millis = 15 * MINUTE;

/// Whether one may try to log in with this address now. The attempt is counted before the password
/// is looked at: many that come at once cannot all find that nobody has tried yet.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn may_try(store: &dyn SystemStore, email: &str, now: Millis) -> Result<bool, StoreError> {
    store.try_login(email, now, now - WITHIN, ATTEMPTS).await
}

/// Forgets the attempts with an address: the password was right.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn succeeded(store: &dyn SystemStore, email: &str) -> Result<(), StoreError> {
    store.forget_logins(email).await
}

/// So many times within [`WITHIN`] one of the staff may type wrong words ...
pub const WORDS: u32 = 10;
/// ... and so many times all of them together may type any.
pub const WORDS_OF_ALL: u32 = 150;

/// E-mail addresses are in lower case, so nobody's can be this.
const WORDS_KEY: &str = "WORDS";

fn words_key(user: UserId) -> String {
    format!("{WORDS_KEY} {user}")
}

/// Whether one of the staff may try to pair a tablet by its words now. As with passwords, the
/// attempt is counted first.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn may_type_words(store: &dyn SystemStore, user: UserId, now: Millis) -> Result<bool, StoreError> {
    Ok(store.try_login(&words_key(user), now, now - WITHIN, WORDS).await?
        && store.try_login(WORDS_KEY, now, now - WITHIN, WORDS_OF_ALL).await?)
}

/// Forgets the attempts of one of the staff: the words were right.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn typed_right_words(store: &dyn SystemStore, user: UserId) -> Result<(), StoreError> {
    store.forget_logins(&words_key(user)).await
}
