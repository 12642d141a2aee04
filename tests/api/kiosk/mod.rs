//! `/api/v1/kiosk`

mod config;
mod heartbeat;
mod older_clients;
mod responses;
