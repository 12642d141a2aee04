//! The ways to answer about an event, in one place: what hangs in the foyer, what is sent by mail, and until when each is answered.
//!
//! - [`data`]: what is shown, and its addresses;
//! - [`page`]: the page;
//! - [`mail`]: the link for the ticket seller's mail;
//! - [`paste`]: the text around it, to paste.

pub mod data;
pub mod mail;
pub mod page;
pub mod paste;
