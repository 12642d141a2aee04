//! What survives a reload and a flat battery.
//!
//! - `indexed_db`: the browser's database, written with strict durability;
//! - `acked_drafts`: drafts that a broken disk keeps although the server has the answer.

pub(crate) mod acked_drafts;
pub(crate) mod indexed_db;
