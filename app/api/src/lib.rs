//! What travels between tablet, phone, server and other people's programs, and its description.
//!
//! - [`config`], [`heartbeat`], [`pairing`], [`responses`]: between tablet and server;
//! - [`number`]: numbers that may be anything;
//! - [`events`], [`programme`], [`decisions`], [`moves`]: what other people's programs read and decide;
//! - [`json`]: how the tablet reads and writes all that;
//! - [`outbox`]: how a tablet delivers, [`outbox_file`]: what staff carry away where it cannot;
//! - `schema`, with the feature `openapi`: the words of the domain as `/api/openapi.json` describes them.
//!
//! What does not belong here: what a thing means or how it is counted (the crate `domain`), and
//! anything that reads a clock, a network or a database.

pub mod config;
pub mod decisions;
pub mod events;
#[cfg(test)]
mod fixtures;
pub mod heartbeat;
pub mod json;
pub mod moves;
pub mod number;
pub mod outbox;
pub mod outbox_file;
pub mod pairing;
pub mod programme;
pub mod responses;
#[cfg(feature = "openapi")]
pub mod schema;
