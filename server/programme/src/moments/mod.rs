//! Days and times as people write them, and where they are on the time line.
//!
//! - [`tokens`], [`names`]: numbers, words and what stands between them; weekdays and months in three languages;
//! - [`written`]: what a cell says, with the [`suffixes`] of its times; [`serial`]: what a spreadsheet's number says;
//! - [`duration`]: how long something is;
//! - [`order`]: whether the day stands before the month, decided once for a file;
//! - [`zone`]: from the clock on the wall to the time line.

pub mod duration;
mod names;
pub mod order;
pub mod serial;
mod suffixes;
mod tokens;
pub mod written;
pub mod zone;
