//! What the browser offers, called by name: clocks, randomness, JSON, locks and voices.
//!
//! Not here: its database (`storage`), requests to the server (`server`), and whatever decides something.

pub(crate) mod device;
pub(crate) mod json;
pub(crate) mod locks;
pub(crate) mod page;
pub(crate) mod speech;
