//! Pairing a tablet, and what becomes of it afterwards. File = page.

pub mod kiosk;
pub mod pair;
pub mod unpair;

use app::pages::staff::pairing::{kiosk::Done, pair::NameProblem};
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::KioskId;

use crate::http::{forms::is_one_line, sign_in::set_up::LONGEST_NAME};

/// The forms are short.
const MAX_BYTES: usize = 16 * 1024;

/// What is wrong with the name of a kiosk.
fn check_name(name: &str) -> Result<(), NameProblem> {
    if name.is_empty() {
        Err(NameProblem::Missing)
    } else if !is_one_line(name) {
        Err(NameProblem::Unprintable)
    } else if name.chars().count() > LONGEST_NAME {
        Err(NameProblem::TooLong)
    } else {
        Ok(())
    }
}

/// Back to the page of a kiosk, which says what has happened.
fn done(kiosk: KioskId, done: Done) -> Response {
    Redirect::to(&format!("/staff/kiosks/{kiosk}?done={}", done.as_str())).into_response()
}
