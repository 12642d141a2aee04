//! What is asked. A published version never changes, and answers belong to a version.
//!
//! - [`kinds`]: what the kinds of questions are, one file for each;
//! - [`SurveyVersion`], [`Question`]: what is published, and how a question is read;
//! - [`Answer`]: what was said to a question; [`Collection`]: why it was asked;
//! - [`check`](fn@check): what must hold before a list of questions is published;
//! - `navigation`: which questions are asked, in view of what was answered.
//!
//! What does not belong here: how a question is drawn (`screens/question` in the crate `app`), and what was answered
//! as a whole (`response`).

mod answer;
mod check;
mod collection;
pub mod kinds;
mod navigation;
mod question;
mod version;

pub use self::{
    answer::Answer,
    check::{InvalidSurvey, check},
    collection::Collection,
    kinds::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Given, InvalidDefinition, Kind, NpsQuestion,
        ScaleQuestion, TextQuestion,
    },
    question::{Question, QuestionFields, Series, ShowIf},
    version::SurveyVersion,
};
