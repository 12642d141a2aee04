//! Pairing a tablet, and what becomes of it afterwards. File = page.

pub mod kiosk;
pub mod pair;
pub mod unpair;

use app::{kit::toast::done_address, pages::staff::pairing::done::Done};
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::KioskId;

/// The forms are short.
const MAX_BYTES: usize = 16 * 1024;

/// Back to the page of a kiosk, which says what has happened.
fn done(kiosk: KioskId, done: Done) -> Response {
    Redirect::to(&done_address(&format!("/staff/kiosks/{kiosk}"), done.as_str())).into_response()
}
