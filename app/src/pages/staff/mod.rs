//! What staff see: the door (log-in, set-up), then tonight, the programme, an event, its poster.
//!
//! Pages take what the store and the summary give, and decide only how to say it. Whether a score
//! may be said at all is the summary's decision.

pub mod brand;
pub mod door;
pub mod login;
pub mod setup;
