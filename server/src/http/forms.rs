//! Reading what a form sends.

use std::collections::BTreeMap;

use app::kit::toast::SAVED;
use axum::body::Body;
use serde::Deserialize;

use super::{body::whole, page::PageError};

/// The fields of a form in the order in which they were sent; a name may stand there several times.
///
/// # Errors
/// [`PageError::TooLarge`] where the body is larger than `limit` bytes, [`PageError::BadRequest`] where it is too slow or
/// breaks off.
pub async fn pairs(body: Body, limit: usize) -> Result<Vec<(String, String)>, PageError> {
    let bytes = whole(body, limit).await?;
    Ok(url::form_urlencoded::parse(&bytes).into_owned().collect())
}

/// The fields of a form in which every name stands once; of several, the last counts.
///
/// # Errors
/// As [`pairs`].
pub async fn fields(body: Body, limit: usize) -> Result<BTreeMap<String, String>, PageError> {
    Ok(pairs(body, limit).await?.into_iter().collect())
}

/// What the address of a page says was done: [`done_address`](app::kit::toast::done_address).
#[derive(Debug, Default, Deserialize)]
pub struct AfterForm {
    /// the word for it
    pub done: Option<String>,
}

impl AfterForm {
    /// Whether it was the one form of the page.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.done.as_deref() == Some(SAVED)
    }
}

/// Whether what was typed into a field of one line can have been typed there: no line breaks, and no
/// NUL, which PostgreSQL refuses.
#[must_use]
pub fn is_one_line(typed: &str) -> bool {
    !typed.chars().any(char::is_control)
}
