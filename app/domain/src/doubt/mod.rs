//! Doubt that is measured: which responses carry signs that nobody in the audience gave them.
//!
//! One weak sign says nothing: people are quick, people agree with each other, a whole hall takes out
//! its phones at once. A response is set aside where two different signs meet in it, and never because
//! of what its neighbours carry. A file holds one sign:
//! - [`haste`]: answered faster than anybody reads;
//! - `runs`: part of a sequence of equal answers that is improbable among people;
//! - `chance`: part of a sequence of answers that have nothing to do with each other;
//! - `regularity`: part of a sequence that keeps time as a machine does;
//! - [`pace`]: part of more answers than a place brings forth;
//!
//! [`signs`](mod@signs) brings them together over [`observed`] responses; [`reference`](mod@reference) is what answers are expected to be, [`source`] how much came from one address.
//!
//! Everything here depends on what is stored and on nothing else: not on the order of arrival, nor on
//! the server that took a response. What is wrong with a single response by itself
//! ([`own_flags`](crate::response::own_flags)) does not belong here, and neither does what staff decided.

mod chance;
#[cfg(test)]
mod fixtures;
pub mod haste;
pub mod observed;
pub mod pace;
pub mod reference;
mod regularity;
mod runs;
pub mod signs;
pub mod source;
