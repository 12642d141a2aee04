//! An event, or a venue's day outside its events, and how it went.
//!
//! - [`data`]: what is shown of it, and the address where;
//! - [`page`]: its page;
//! - [`live_region`]: the part of that page that changes while people answer, made of the [`panel`]s.
//!
//! What is shown here is one subject; lists of them are the programme's.

pub mod data;
pub mod live_region;
pub mod page;
pub mod panel;
