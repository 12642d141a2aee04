//! The tablet in the foyer: it mounts itself into the static shell `public/kiosk.html`.
//!
//! - `session`: what is shown and why: scene, visit, countdown;
//! - `view`: how it looks;
//! - `corner`: the way in for staff;
//! - `storage`: what survives a reload and a flat battery;
//! - `sync`: what goes to the server and comes from it, and when; `server`: the requests themselves;
//! - `browser`: clocks, randomness, JSON, locks and voices;
//! - `start`: the order in which all this wakes up.
//!
//! The rules are elsewhere and need no browser: `domain::visit` (the way through a survey),
//! `api::outbox` (what may leave when), `api::config` (what is on).

mod browser;
mod cell;
mod corner;
mod server;
mod session;
mod start;
mod storage;
mod sync;
mod view;

pub use corner::{corner, corner_door};
pub use start::start_kiosk;
pub use sync::{heartbeat::battery, update::is_free};
