//! Productions for programs of the staff, under `/api/v1/productions`. File = verb.

pub mod list;
