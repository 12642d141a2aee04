//! `/api/v1/kiosk`

mod bursts;
mod config;
mod heartbeat;
mod older_clients;
mod limits;
mod responses;
mod time;
