//! What happens on this tablet: which scene is shown, the visit, what a silent screen means.
//!
//! - `state`: all that the screen shows;
//! - `visit`: what a tap does, from the first answer to thanks;
//! - `idle`: what follows when nobody touches the screen.

pub(crate) mod idle;
pub(crate) mod state;
pub(crate) mod visit;
