//! What the kiosk, the phone page and the survey preview share, rendered on either side.
//!
//! What does not belong here: whatever reaches for a browser (that is the crate `kiosk`), and whole
//! pages.

pub mod face;
