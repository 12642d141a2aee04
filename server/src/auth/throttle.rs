//! The throttle against guessing the words of waiting tablets, counted in the store so that several servers on one
//! database count together. Only staff who are logged in come here.

use domain::{
    id::UserId,
    time::{MINUTE, Millis},
};

use store::{StoreError, SystemStore};

/// The time within which wrong words are counted.
pub const WITHIN: Millis = 15 * MINUTE;

/// So many times within [`WITHIN`] one of the staff may type wrong words ...
pub const WORDS: u32 = 10;
/// ... and so many times all of them together may type any.
pub const WORDS_OF_ALL: u32 = 150;

/// E-mail addresses are in lower case, so nobody's can be this.
const WORDS_KEY: &str = "WORDS";

fn words_key(user: UserId) -> String {
    format!("{WORDS_KEY} {user}")
}

/// Whether one of the staff may try to pair a tablet by its words now. The attempt is counted
/// first: many that come at once cannot all find that nobody has tried yet.
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
