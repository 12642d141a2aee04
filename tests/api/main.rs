//! Stories told over HTTP. The files follow the addresses; every story runs on both databases.

mod access;
mod events;
mod headers;
mod kiosk;
mod openapi;
mod phone;
mod staff;
