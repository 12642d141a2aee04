//! Stories told over HTTP. The files follow the addresses; every story runs on both databases.

#![expect(clippy::expect_used, reason = "a test that finds something wrong fails at once")]

mod access;
mod alerts;
mod decisions;
mod demo;
mod events;
mod headers;
mod kiosk;
mod languages;
mod mail_links;
mod metrics;
mod openapi;
mod other_scheme;
mod phone;
mod problems;
mod programme;
mod staff;
mod stage;
mod steps;
mod tablets;
