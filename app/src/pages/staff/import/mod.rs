//! A programme from a file: the file is chosen, what is in it is looked at, and then it is done.
//!
//! - [`choose`]: which file; [`data`]: what the preview shows; [`preview`]: what would change; `questions`: what a person says
//!   about the file.

pub mod choose;
pub mod data;
pub mod preview;
mod questions;

/// Where a file is chosen.
pub const IMPORT: &str = "/staff/events/import";

/// Where what is in it is looked at.
pub const PREVIEW: &str = "/staff/events/import/preview";
