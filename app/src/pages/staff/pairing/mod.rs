//! Pairing a tablet, and what becomes of it afterwards.
//!
//! - [`pair`]: three words, and what the tablet is to be;
//! - [`kiosk`]: its name, its venue, its tablets over time;
//! - [`unpair`]: the question before a pairing ends.

pub mod kiosk;
pub mod pair;
pub mod unpair;
