//! How staff get in: logging in and out, and what a one-time link opens. File = page.
//!
//! Whoever comes here is nobody yet, so these handlers work with the whole store; the pages
//! that a login opens, in `staff`, see what a [`StaffContext`](super::staff_context::StaffContext) gives them.

pub mod account;
mod browser;
mod confirmation;
pub mod forgot;
pub mod login;
pub mod logout;
pub mod open_id;
pub mod recover;
pub mod second_step;
pub mod session;
pub mod set_up;
mod welcome;
