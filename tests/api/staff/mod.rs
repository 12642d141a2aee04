//! `/staff`

mod login;
mod set_up;
