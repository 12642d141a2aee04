//! Events and their summaries for programs, under `/api/v1/events`. File = verb.

pub mod list;
pub mod summary;
