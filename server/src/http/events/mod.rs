//! Events and their summaries for programs, under `/api/v1/events`. File = verb.

pub mod decide;
pub mod doubts;
pub mod list;
pub mod moves;
pub mod summary;
