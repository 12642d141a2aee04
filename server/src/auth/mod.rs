//! Who is calling: passwords, sessions, and the throttle against guessing.
//!
//! What a caller may do is not decided here but in the route table (`http::routes`).

pub mod password;
pub mod throttle;
