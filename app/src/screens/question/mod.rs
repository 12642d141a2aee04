//! The questions as visitors see them. A file holds what one kind shows: its options in their order, what stands on them,
//! what the ends of a scale mean. This page only dispatches: a new kind is a file, and the compiler names the place.
//!
//! What every kind makes is an [`Answers`] of [`OptionContent`]s.
//!
//! How an option is pressed does not belong here. A screen says that in an [`AnswerControl`]: the tablet draws buttons, the
//! phone fields of a form that needs no script.

mod answers;
mod choice;
mod control;
mod face;
mod nps;
mod option;
mod scale;
pub mod text;

use domain::{lang::Reader, survey::Kind};

pub use self::{
    answers::Answers,
    control::{AnswerControl, Classes},
    option::{OptionContent, OptionValue},
};

impl<'a> Answers<'a> {
    /// The options of a question for a reader; `None` where it is answered in words: see [`text`].
    #[must_use]
    pub fn of<C: AnswerControl>(kind: &'a Kind, reader: Reader) -> Option<Self> {
        Some(match kind {
            Kind::Face(question) => face::answers(question, reader, C::CLASSES.face),
            Kind::Nps(question) => nps::answers(question, reader, C::CLASSES.nps),
            Kind::Scale(question) => scale::answers(question, reader, C::CLASSES.scale),
            Kind::Choice(question) => choice::answers(question, reader, C::CLASSES.choice, C::MARK),
            Kind::Text(_) => return None,
        })
    }
}
