//! `/api/v1/kiosk`

mod bursts;
mod config;
mod heartbeat;
mod limits;
mod older_clients;
mod pairings;
mod responses;
mod scale;
mod time;
