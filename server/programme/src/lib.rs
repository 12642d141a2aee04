//! Reads a programme from a file, and says what it would change.
//!
//! Bytes come in, values go out: no database, no files, no clock. A file is read once, with [`read`]; what is there is
//! compared with it by [`compare`]. Nothing is guessed in silence: what cannot be read is a [`finding`] with its line
//! and column, and no row is lost.
//!
//! - [`encodings`]: from bytes to text;
//! - [`table`]: CSV, XLSX and ODS, their heads, and the events in their rows;
//! - [`calendar`]: iCalendar, its own zones and what repeats;
//! - [`field`]: what a column holds; [`folded`]: words as they are compared;
//! - [`moments`]: days and times as people write them, and where they are on the time line;
//! - [`numbers`], [`venues`]: how many, and where;
//! - [`row`]: one event of the file; [`comparison`]: what it means for the programme.
//!
//! What does not belong here: the sentences for staff (they stand with the other texts, in `app`), storing, and writing
//! files.

pub mod calendar;
pub mod comparison;
pub mod encodings;
pub mod field;
pub mod finding;
pub mod folded;
pub mod moments;
pub mod numbers;
mod options;
mod reading;
pub mod row;
pub mod table;
pub mod venues;

pub use self::{
    comparison::compare,
    options::{Column, Options, Reading},
    reading::read,
};
