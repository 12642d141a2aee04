//! `/staff`

mod days;
mod health;
mod kiosks;
mod live;
mod login;
mod programme;
mod set_up;
mod settings;
