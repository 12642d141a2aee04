//! The tablet in the foyer: it mounts itself into the static shell `public/kiosk.html`.
//!
//! - `session`: what is shown and why, a pure state machine: scene, visit, countdown;
//! - `storage`: what survives a reload and a flat battery;
//! - `server`: what is asked of the server;
//! - `sync`: what goes to the server and comes from it, and when;
//! - `view`: how it looks; `corner`: what staff ask at the tablet; `browser`: clocks, locks, voices;
//! - `driver`: brings events to the session and its effects to the browser;
//! - `start`: the order in which all this wakes up.
//!
//! The first four need no browser, except where they say so: they compile and are tested on every machine.
//!
//! The rules are elsewhere and need no browser: `domain::visit` (the way through a survey),
//! `api::outbox` (what may leave when), `api::config` (what is on).

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod corner;
#[cfg(target_arch = "wasm32")]
mod driver;
#[cfg(test)]
mod fixtures;
pub mod server;
pub mod session;
#[cfg(target_arch = "wasm32")]
mod start;
pub mod storage;
pub mod sync;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use start::{Tablet, start_kiosk};
