//! The pages of the staff, under `/staff`. File = page.

pub mod about;
pub mod day;
pub mod event;
pub mod kiosks;
#[cfg(debug_assertions)]
pub mod kit;
pub mod live;
pub mod login;
pub mod logout;
pub mod pairing;
pub mod poster;
pub mod programme;
pub mod session;
pub mod set_up;
pub mod settings;
pub mod subject;
pub mod tonight;
