//! `/staff`

mod days;
mod live;
mod login;
mod set_up;
mod settings;
