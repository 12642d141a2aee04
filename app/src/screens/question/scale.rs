//! Steps of agreement, with words on each.

use super::{Answers, OptionContent, OptionValue};
use domain::{lang::Reader, response::Given, survey::ScaleQuestion};

pub(super) fn answers<'a>(question: &'a ScaleQuestion, reader: Reader, class: &str) -> Answers<'a> {
    let options = (1..).zip(&question.labels).map(|(value, label)| {
        (
            OptionValue::Whole(Given::Scale(value)),
            OptionContent { drawing: None, class: "step", words: reader.words(label), meaning: None },
        )
    });
    Answers { class: class.to_owned(), options: options.collect(), ends: None }
}
