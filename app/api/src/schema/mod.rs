//! The words of the domain as `/api/openapi.json` describes them. The domain itself knows nothing of
//! a description: each type here stands for the one of the same name there, and the tests hold every
//! description to what is really written. A file for each aggregate, as there.

mod event;
mod heartbeat;
mod id;
mod lang;
mod response;
mod summary;
mod survey;
#[cfg(test)]
mod tests;

pub use self::{event::*, heartbeat::*, id::*, lang::*, response::*, summary::*, survey::*};
