//! `/api/v1/kiosk`

mod claim;
mod commands;
mod config;
mod doubt;
mod heartbeat;
mod limits;
mod older_clients;
mod pairings;
mod responses;
mod scale;
mod time;
