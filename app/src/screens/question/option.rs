//! One option: what stands on it, and what choosing it says.

use leptos::prelude::*;

use crate::screens::{face::Drawing, said::said};
use domain::{lang::Words, response::Given};

/// What stands on an option.
#[derive(Clone, Copy, Debug)]
pub struct OptionContent<'a> {
    /// what kind of words these are: `word`, `seat`, `step` or `reason`
    pub class: &'static str,
    pub(super) drawing: Option<Drawing>,
    pub(super) words: Words<'a>,
    /// what it means, for those who do not see the ends of the scale beside it
    pub(super) meaning: Option<Words<'a>>,
}

/// What choosing an option says.
#[derive(Clone, Debug)]
pub enum OptionValue {
    /// it stands for the whole answer
    Whole(Given),
    /// one of several that can be picked together: its key
    OneOf(String),
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
