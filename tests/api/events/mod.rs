//! `/api/v1/events`

mod list;
mod summary;
