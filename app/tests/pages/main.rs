//! Every page is rendered with plausible data and read as text: what must be there, and what a
//! strict content security policy would refuse.
//!
//! Each rendered page is also left in `target/pages`, to be looked at.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod auth;
mod fixtures;
mod help;
mod kiosks;
mod page;
mod phone;
mod question;
mod settings;
mod staff;
