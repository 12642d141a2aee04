//! The pages of the staff, under `/staff`. File = page.

pub mod live;
pub mod login;
pub mod logout;
pub mod session;
pub mod set_up;
