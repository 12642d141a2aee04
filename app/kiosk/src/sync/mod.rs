//! What goes to the server and comes from it, and when.
//!
//! - `host`: what all this needs of the page around it;
//! - `backend`: what the parts share: host, storage, server, credentials;
//! - `outbox`: saves what is finished and empties the outbox; its rules are in `api::outbox`;
//! - `heartbeat`: signs of life, and the configuration;
//! - `credentials`: which token this tablet has; `pairing`: how it gets another one, and how a pairing ends;
//! - `restore`: what is known without a network;
//! - `reload`: a new page where the old one has lost its database;
//! - `cycle`: what is done again and again, in which order.
//!
//! What does not belong here: a browser. Everything here runs in the tests, with a clock in hand.

pub mod backend;
pub mod credentials;
pub mod cycle;
pub mod heartbeat;
pub mod host;
pub mod outbox;
pub mod pairing;
pub mod reload;
pub mod restore;
#[cfg(test)]
mod tests;
