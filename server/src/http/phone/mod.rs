//! The visitor's own phone: server-rendered, without script, one page. File = verb.

pub mod answer;
pub mod form;
pub mod front;
pub mod language;
pub mod notices;
pub mod rendered;
pub mod thanks;
pub mod token;
