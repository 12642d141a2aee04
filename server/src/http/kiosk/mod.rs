//! What a paired tablet asks of the server, under `/api/v1/kiosk`. File = verb.

pub mod config;
pub mod heartbeat;
pub mod responses;
