//! The door of the staff pages: logging in and out, and what stands behind a one-time link. File = page.
//!
//! Whoever comes here is nobody yet, so these handlers work with the whole store; the pages behind
//! the door, in `staff`, see what a [`StaffContext`](super::staff_context::StaffContext) gives them.

pub mod login;
pub mod logout;
pub mod session;
pub mod set_up;
