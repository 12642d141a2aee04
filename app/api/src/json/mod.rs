//! JSON as the tablet reads and writes it: by hand, on what the browser's engine parsed. The parser
//! and the derived code would be a quarter of what a tablet downloads.
//!
//! - `read`: from the server's texts to the words of the domain;
//! - `write`: from a response and a heartbeat to their texts.
//!
//! The server and the tests use serde; the tests hold both to the same form.

mod read;
mod write;

pub use read::{FromJson, Json, field, optional};
pub use write::{Object, ToJson, list, quoted};
