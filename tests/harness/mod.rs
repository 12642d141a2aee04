//! What the tests share: real databases, and an audience.
//!
//! - [`store`]: a fresh store on either database, gone afterwards;
//! - [`audience`]: venues, events, surveys and visitors to fill it with.

pub mod audience;
pub mod store;

#[doc(hidden)]
pub use pastey;
