//! What the browser and the server share: the words, the arithmetic, every screen.
//!
//! - [`domain`]: plain types and pure functions;
//! - [`screens`]: what the kiosk, the phone page and the survey preview share;
//! - [`i18n`]: the texts of the screens in Finnish, Swedish and English, typed.

pub mod domain;
pub mod screens;

pub use texts::i18n;

#[expect(
    clippy::pedantic,
    clippy::expect_used,
    missing_docs,
    unreachable_pub,
    reason = "generated from `locales/` by `build.rs`"
)]
mod texts {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
