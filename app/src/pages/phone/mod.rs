//! The visitor's own phone: one page from the server, without a script, in few bytes.
//!
//! - [`form`]: the questions, one [`question`] at a time;
//! - [`answers`]: what a posted form says;
//! - [`token`]: the one place in the form that differs from visitor to visitor;
//! - [`page`]: the curtain above and the paper below;
//! - [`code`]: typing it; [`thanks`], [`closed`]: everything else it can lead to.

pub mod answers;
pub mod closed;
pub mod code;
pub mod form;
pub mod notices;
pub mod page;
pub mod question;
pub mod thanks;
pub mod token;
