//! Importing a programme: what a file would change, and doing it.
//!
//! - [`mod@preview`]: the file beside what is there; nothing is changed by it;
//! - [`taking`]: the events that follow from it; [`take`]: all of them, or none;
//! - [`placing`]: the answers that a changed programme puts elsewhere.
//!
//! How files are read and compared is the crate `programme`; what is said about them is `app::import_findings`.

pub mod by_hand;
pub mod placing;
pub mod preview;
pub mod taking;

pub use self::{
    preview::{Choices, Preview, preview},
    taking::take,
};
