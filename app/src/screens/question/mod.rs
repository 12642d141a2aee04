//! The questions as visitors see them. A file holds what one kind shows: its options in their order, what stands on them,
//! what the ends of a scale mean. This page only dispatches: a new kind is a file, and the compiler names the place.
//!
//! How an option is pressed does not belong here. A screen says that in an [`AnswerControl`]: the tablet draws buttons, the
//! phone fields of a form that needs no script.

mod choice;
mod face;
mod nps;
mod scale;
pub mod text;

use leptos::prelude::*;

use super::{face::Drawing, said::said};
use domain::{
    lang::{Reader, Words},
    response::Given,
    survey::Kind,
};

/// How answers are given on one screen.
pub trait AnswerControl {
    /// what its style sheet knows the groups of options by
    const CLASSES: Classes;
    /// the drawing on options of which several can be picked, where the style sheet draws none
    const MARK: Option<Drawing>;

    /// What is pressed to choose an option, with what stands on it.
    fn option(&self, value: OptionValue, content: OptionContent<'_>) -> impl IntoView + use<Self>;

    /// The options of a question beside each other, and under them what the ends of the scale mean.
    fn group<O: IntoView, E: IntoView>(
        &self,
        class: String,
        options: Vec<O>,
        ends: Option<E>,
    ) -> impl IntoView + use<Self, O, E>;
}

/// The classes of the groups of options, by kind.
#[derive(Clone, Copy, Debug)]
pub struct Classes {
    /// faces; `has-4` with four of them, `has-long` where a word is long
    pub face: &'static str,
    /// 0 to 10
    pub nps: &'static str,
    /// steps of agreement
    pub scale: &'static str,
    /// a few options; `is-many` where several can be picked, and `has-N`
    pub choice: &'static str,
}

/// What is tapped to answer a question.
#[derive(Debug)]
pub struct Answers<'a> {
    class: String,
    options: Vec<(OptionValue, OptionContent<'a>)>,
    /// what the lowest and the highest number mean
    ends: Option<[Words<'a>; 2]>,
}

/// What stands on an option.
#[derive(Clone, Copy, Debug)]
pub struct OptionContent<'a> {
    /// what kind of words these are: `word`, `seat`, `step` or `reason`
    pub class: &'static str,
    drawing: Option<Drawing>,
    words: Words<'a>,
    /// what it means, for those who do not see the ends of the scale beside it
    meaning: Option<Words<'a>>,
}

/// What choosing an option says.
#[derive(Clone, Debug)]
pub enum OptionValue {
    /// it stands for the whole answer
    Whole(Given),
    /// one of several that can be picked together: its key
    OneOf(String),
}

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

    /// The options, to be pressed as a screen has it.
    pub fn view<C: AnswerControl>(self, control: &C) -> impl IntoView + use<C> {
        let options = self.options.into_iter().map(|(value, content)| control.option(value, content)).collect();
        control.group(self.class, options, self.ends.map(ends))
    }
}

impl OptionContent<'_> {
    /// The drawing that stands before the words.
    #[must_use]
    pub fn drawing(self) -> Option<impl IntoView + use<>> {
        self.drawing.map(Drawing::view)
    }

    /// What is read.
    #[must_use]
    pub fn words(self) -> impl IntoView + use<> {
        said(self.words)
    }

    /// What it means, for the ear, where the ends of the scale are kept from it.
    #[must_use]
    pub fn meaning(self) -> Option<impl IntoView + use<>> {
        self.meaning.map(|words| {
            let text = [", ", words.text].concat();
            view! { <span class="unseen">{said(Words { text: &text, ..words })}</span> }
        })
    }
}

/// What the ends of a scale mean.
fn ends([low, high]: [Words<'_>; 2]) -> impl IntoView + use<> {
    let end = |number: &str, words: Words<'_>| said(Words { text: &[number, " = ", words.text].concat(), ..words });
    (end("0", low), end("10", high))
}
