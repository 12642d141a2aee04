//! The rules of the outbox: what lies where on the device, what is sent together, when to try again,
//! and what may leave. A response leaves only because the server named it, never because of its age.
//!
//! - [`object_stores`]: where a response lies between the first tap and its confirmation, and what is
//!   written, together or not at all, when it moves;
//! - [`batch`]: what travels together;
//! - [`reply`]: what the server's answer means for each item;
//! - [`backoff`]: how long to wait;
//! - [`drain`]: the state machine that empties the outbox. Events go in, commands come out; the
//!   browser only carries them out.
//!
//! What does not belong here: clocks, random numbers, the network, a database. All four come as arguments,
//! so that the simulation can cut the power between any two commands.

pub mod backoff;
pub mod batch;
pub mod drain;
pub mod object_stores;
pub mod reply;

#[cfg(test)]
mod simulation;
