//! What is sent to people who are not there: plain text, in the first language of the venue or in that of whoever sends it.
//! One e-mail a file, a pure function of data.
//!
//! What does not belong here: deciding that one is sent, and sending it.

pub mod alert;
pub mod invitation;
pub mod reader_added;
pub mod recovery_used;
pub mod reset;
pub mod step_off;
