//! What the kiosk, the phone page and the survey preview share, rendered on either side.
//!
//! - [`question`]: the questions, each kind drawn once;
//! - [`face`]: the drawings of the faces; [`said`]: words in whichever language.
//!
//! What does not belong here: whatever reaches for a browser (that is the crate `kiosk`), and whole
//! pages.

pub mod face;
pub mod question;
pub mod said;
