//! What the browser and the server share: every screen.
//!
//! - [`pages`]: one page a file; [`kit`]: what those of the staff are made of;
//! - `bidi`: names inside a sentence;
//! - [`emails`]: what is sent to people who are not there;
//! - [`import_findings`]: what is said about an imported file;
//! - [`screens`]: what the kiosk, the phone page and the survey preview share;
//! - [`server_functions`]: what forms and islands have the server do;
//! - [`islands`]: with the kiosk, the only code that reaches the browser;
//! - [`i18n`]: the texts of the screens in Finnish, Swedish and English, typed.

#[cfg(feature = "ssr")]
mod bidi;
#[cfg(feature = "ssr")]
pub mod emails;
#[cfg(feature = "browser")]
pub mod fetch;
#[cfg(feature = "ssr")]
pub mod import_findings;
#[cfg(any(feature = "ssr", feature = "islands"))]
pub mod islands;
#[cfg(feature = "ssr")]
pub mod kit;
#[cfg(any(feature = "ssr", feature = "browser"))]
pub mod pages;
pub mod screens;
#[cfg(any(feature = "ssr", feature = "islands"))]
pub mod server_functions;
mod texts;

pub use texts::i18n;
