//! What a tablet asks of the server, under `/api/v1/kiosk`, and [`help`] for whoever puts it up. File = verb.

pub mod claim;
mod commands;
pub mod config;
pub mod heartbeat;
pub mod help;
mod older_tablets;
pub mod pairings;
pub mod responses;
pub mod unpair;
