//! `/staff`

mod days;
mod kiosks;
mod live;
mod login;
mod set_up;
mod settings;
