//! What staff see: log-in and set-up, then tonight, the programme, an event, its poster,
//! what is decided about a venue and about the organisation.
//!
//! - [`subject`]: an event, or a venue's day outside its events, and how it went;
//! - [`numbers`]: how shares, scores and intervals are written;
//! - [`pairing`]: how tablets come to kiosks and leave them.
//!
//! Pages take what the store and the summary give, and decide only how to say it. Whether a score
//! may be said at all is the summary's decision.

pub mod about;
pub mod account;
pub mod attendance;
pub mod audit;
pub mod event_form;
pub mod feeds;
pub mod first_steps;
pub mod forgot;
pub mod import;
pub mod kiosks;
#[cfg(debug_assertions)]
pub mod kit;
mod late;
pub mod login;
pub mod logo;
pub mod look;
mod name_problem;
pub mod notices;
pub mod numbers;
pub mod organisation;
pub mod pairing;
pub mod paper;
pub mod people;
pub mod poster;
pub mod productions;
pub mod programme;
pub mod qr;
pub mod recovery;
pub mod remote;
pub mod second_step;
pub mod settings;
pub mod setup;
pub mod subject;
pub mod tonight;
pub mod venues;
pub mod ways;
