//! What goes to the server and comes from it, and when.
//!
//! - `heartbeat`: signs of life, and the configuration;
//! - `drain`: empties the outbox;
//! - `pairing`: three words, until staff have typed them;
//! - `restore`: what is known without a network;
//! - `reload`: a new page where the old one has lost its database;
//! - `update`: when the next build may take over.

pub(crate) mod drain;
pub(crate) mod heartbeat;
pub(crate) mod pairing;
pub(crate) mod reload;
pub(crate) mod restore;
pub(crate) mod update;
