//! The options of a question together, and what the ends of its scale mean.

use leptos::prelude::*;

use super::{
    control::AnswerControl,
    option::{OptionContent, OptionValue},
};
use crate::screens::said::said;
use domain::lang::Words;

/// What is tapped to answer a question.
#[derive(Debug)]
pub struct Answers<'a> {
    pub(super) class: String,
    pub(super) options: Vec<(OptionValue, OptionContent<'a>)>,
    /// what the lowest and the highest number mean
    pub(super) ends: Option<[Words<'a>; 2]>,
}

impl Answers<'_> {
    /// The options, to be pressed as a screen has it.
    pub fn view<C: AnswerControl>(self, control: &C) -> impl IntoView + use<C> {
        let options = self.options.into_iter().map(|(value, content)| control.option(value, content)).collect();
        control.group(self.class, options, self.ends.map(ends))
    }
}

/// What the ends of a scale mean.
fn ends([low, high]: [Words<'_>; 2]) -> impl IntoView + use<> {
    let end = |number: &str, words: Words<'_>| said(Words { text: &[number, " = ", words.text].concat(), ..words });
    (end("0", low), end("10", high))
}
