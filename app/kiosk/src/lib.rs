//! The tablet in the foyer: it mounts itself into the static shell `public/kiosk.html`.
//!
//! - `state`: what the screen shows, and all that the other parts share, `kept`: what of it the screen does not follow;
//! - `visit`: what a tap does, from the first answer to thanks;
//! - `scenes`, `floor`, `idle`: what is seen, `fresh`: how one scene follows another;
//! - `corner`: the way in for staff;
//! - `memory`: what survives a reload and a flat battery (`IndexedDB`), `recall`: what is read there first, `reload`: what helps
//!   where it breaks;
//! - `pairing`: three words, until staff have typed them;
//! - `delivered`: whose drafts a broken disk keeps although the server has the answer;
//! - `server`, `contact`, `drain`: what goes over the network and comes from it;
//! - `device`, `json`, `locks`, `speech`: the browser's clocks, chance, JSON, locks and voice;
//! - `update`: when the next build may take over;
//! - `start`: the order in which all this wakes up.
//!
//! The rules are elsewhere and need no browser: `domain::visit` (the way through a survey),
//! `domain::outbox` (what may leave when), `domain::kiosk` (what is on).

mod contact;
mod corner;
mod delivered;
mod device;
mod drain;
mod floor;
mod fresh;
mod idle;
mod json;
mod kept;
mod locks;
mod memory;
mod pairing;
mod recall;
mod reload;
mod scenes;
mod server;
mod speech;
mod start;
mod state;
mod update;
mod visit;
mod words;

pub use contact::battery;
pub use corner::{corner, corner_door};
pub use start::start_kiosk;
pub use update::is_free;
