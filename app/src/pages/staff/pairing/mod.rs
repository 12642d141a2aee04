//! Pairing a tablet, and what becomes of it afterwards.
//!
//! - [`pair`]: three words, and what the tablet is to be ([`choice`]), or what is wrong ([`problem`]);
//! - [`kiosk`]: its name, its venue, its tablets over time ([`history`]), what was just done ([`done`]);
//! - [`unpair`]: the question before a pairing ends.

pub mod choice;
pub mod done;
pub mod history;
pub mod kiosk;
pub mod pair;
pub mod problem;
pub mod unpair;
