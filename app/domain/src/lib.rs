//! The words of the field and the arithmetic on them.
//!
//! Everything here is a plain type or a pure function: no database, no HTTP, no screen, no clock
//! and no randomness (times and ids come in as arguments). The browser and the server share it, so
//! that a kiosk and the store can never disagree about what a valid answer is.
//!
//! Where to look:
//! - what visitors say: [`survey`] (what is asked, question kinds), [`response`] (what was answered, and when), [`visit`], [`lang`];
//! - where it belongs: [`event`] (venues, events, windows), [`attendance`], [`venue_settings`], [`organisation_settings`], [`audience_hours`], [`open_times`];
//! - what is made of it: [`tally`] (sums), [`summary`], [`nps`], [`interval`], [`privacy`] (what is hidden where few answered), [`course`] (small groups that meet again);
//! - what is doubted: [`flag`] (the reasons), [`doubt`] (how they are found);
//! - tablets: [`heartbeat`], [`health`], [`server_clock`], [`corner_gesture`], [`kiosk_command`].
//!
//! Types derive serde where the store keeps them as JSON or messages carry them whole: one form for each, that of today.
//! What older clients write in another way is read in `api`.
//!
//! What does not belong here: messages between programs (that is the crate `api`), SQL, handlers, components, time
//! zone data (the server turns an instant into a [`time::LocalDay`] and hands that in).

pub mod attendance;
pub mod audience_hours;
pub mod colour;
pub mod corner_gesture;
pub mod course;
pub mod doubt;
pub mod event;
#[cfg(test)]
mod fixtures;
pub mod flag;
pub mod health;
pub mod heartbeat;
pub mod id;
pub mod interval;
pub mod kiosk_command;
pub mod lang;
pub mod live_delay;
pub mod look;
pub mod name;
pub mod notices;
pub mod nps;
pub mod open_times;
pub mod organisation_settings;
pub mod placing;
pub mod privacy;
pub mod production;
pub mod response;
pub mod server_clock;
pub mod summary;
pub mod survey;
pub mod tally;
pub mod time;
pub mod venue_settings;
pub mod visit;
pub mod ways;
