//! Parts of staff pages that live on in the browser. Each is readable without: what it shows is in
//! the markup already, and what it says comes in as translated props.
//!
//! What does not belong here: the kiosk, which starts itself in a static shell.

pub mod coalesce;
pub mod form;
pub mod live;
#[cfg(feature = "browser")]
mod morph;
