//! Every page is rendered with plausible data and read as text: what must be there, and what a
//! strict content security policy would refuse.
//!
//! Each rendered page is also left in `target/pages`, to be looked at.
#![cfg(feature = "ssr")]

mod door;
mod page;
mod phone;
mod sample;
mod staff;
