//! Tells people and programs that are not there: who is told what, and the ways by which it goes.
//!
//! - [`stop_link`]: how whoever reads by e-mail stops it;
//! - [`service`]: writes the messages of a notice and sends them;
//! - [`email`]: e-mail by SMTP; [`webhook`]: one POST with JSON, and [`reach`]: to whom.
//!
//! What does not belong here: when something is told (`jobs::alerts`), what is worth telling
//! (`domain::health`), and its words (`app::emails`).

pub mod email;
pub(crate) mod http_client;
pub mod reach;
pub mod service;
pub mod stop_link;
pub mod webhook;
