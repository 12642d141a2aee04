//! `/staff`

mod days;
mod login;
mod set_up;
mod settings;
