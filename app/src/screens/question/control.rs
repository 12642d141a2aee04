//! How a screen lets an option be pressed.

use leptos::prelude::*;

use super::option::{OptionContent, OptionValue};
use crate::screens::face::Drawing;

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
