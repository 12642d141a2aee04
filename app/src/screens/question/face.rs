//! Faces, each with a word.

use super::{Answers, OptionContent, OptionValue};
use crate::screens::face::Drawing;
use domain::{lang::Reader, response::Given, survey::FaceQuestion};

/// A longer word makes all the faces' words smaller, in characters.
const LONG_WORD: usize = 11;

pub(super) fn answers<'a>(question: &'a FaceQuestion, reader: Reader, class: &str) -> Answers<'a> {
    let FaceQuestion { faces, face_set, labels } = question;
    let words: Vec<_> = labels.iter().map(|label| reader.words(label)).collect();
    let has_long = words.iter().any(|word| word.text.chars().count() > LONG_WORD);
    let class = [class, if *faces == 4 { " has-4" } else { "" }, if has_long { " has-long" } else { "" }].concat();
    let options = (1..=*faces).zip(words).map(|(value, words)| {
        (
            OptionValue::Whole(Given::Face(value)),
            OptionContent { drawing: Some(Drawing::of(value, *faces, *face_set)), class: "word", words, meaning: None },
        )
    });
    Answers { class, options: options.collect(), ends: None }
}
