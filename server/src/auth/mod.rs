//! Who is calling: passwords, the throttles against guessing them ([`login_throttle`]) and the words of tablets
//! ([`throttle`]), the second step ([`second_step`]), the printed recovery code
//! ([`printed_code`]), what another log-in says ([`open_id`]), and how much is taken from those who are known ([`rate_limit`]) or not known yet ([`source_limits`]).
//!
//! What a caller may do is not decided here but in the route table (`http::routes`).

pub mod login_throttle;
pub mod open_id;
pub mod password;
pub mod printed_code;
pub mod rate_limit;
pub mod second_step;
pub mod source_limits;
pub mod throttle;
