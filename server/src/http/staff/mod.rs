//! The pages of the staff, under `/staff`. File = page.

pub mod about;
pub mod attendance;
pub mod audit;
pub mod day;
pub mod event;
pub mod event_form;
pub mod export;
pub mod feeds;
pub mod first_steps;
pub mod import;
pub mod kiosks;
#[cfg(debug_assertions)]
pub mod kit;
pub mod live;
pub mod logo;
pub mod look;
pub mod notices;
pub mod organisation;
pub mod pairing;
pub mod people;
pub mod poster;
pub mod production;
pub mod productions;
pub mod programme;
pub mod remote;
mod remote_form;
mod season_month;
pub mod settings;
pub mod subject;
mod titles;
pub mod tonight;
pub mod venues;
pub mod ways;
