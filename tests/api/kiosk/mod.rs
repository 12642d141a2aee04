//! `/api/v1/kiosk`

mod config;
mod heartbeat;
mod responses;
