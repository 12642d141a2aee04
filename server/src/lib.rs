//! Aplodi's program: everything that runs on the organisation's own machine.
//!
//! - [`cli`]: the commands; [`server`]: a running server and its [`connections`]; [`client_address`]: where they come from;
//! - [`http`]: what travels; [`intake`]: from what arrives to what is stored;
//! - [`imports`]: from a file to the programme;
//! - [`auth`], [`secrets`], [`codes`], [`kiosk_pin`]: who is calling and what opens something;
//! - [`pairing`]: how a tablet becomes a kiosk;
//! - [`summaries`]: from tallies to what staff read; [`survey_cache`]: what was asked; [`judge`]: which
//!   responses are set aside, [`decisions`]: what staff decide about them, [`moving`]: where they move them; [`health`]: how the tablets are; [`jobs`]: what
//!   the server does by itself; [`notify`]: who is told what, and how; [`demo`]: a season to look
//!   around in.

pub mod auth;
pub mod cli;
pub mod client_address;
pub mod clock;
pub mod codes;
pub mod connections;
pub mod csv;
pub mod decisions;
pub mod demo;
pub mod email_address;
pub mod exports;
pub mod health;
pub mod http;
pub mod imports;
pub mod intake;
pub mod jobs;
pub mod judge;
pub mod kiosk_pin;
pub mod local_time;
pub mod metrics;
pub mod moving;
pub mod notify;
pub mod opening_hours;
pub mod pairing;
pub mod qr;
pub mod secrets;
pub mod server;
pub mod standard_survey;
pub mod summaries;
pub mod survey_cache;
pub mod usual_survey;
