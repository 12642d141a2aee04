//! Single responses for programs of the staff, under `/api/v1/responses`. File = verb.

pub mod decide;
pub mod moves;
