//! `/staff`

mod days;
mod health;
mod kiosks;
mod live;
mod login;
mod set_up;
mod settings;
