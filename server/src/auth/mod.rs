//! Who is calling: passwords, the [`throttle`] against guessing, and the [`rate_limit`] of those who are
//! known or not known yet.
//!
//! What a caller may do is not decided here but in the route table (`http::routes`).

pub mod password;
pub mod rate_limit;
pub mod throttle;
