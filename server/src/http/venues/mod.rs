//! Venues for programs of the staff, under `/api/v1/venues`. File = verb.

pub mod list;
pub mod preview_limits;
