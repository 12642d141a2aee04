//! A few options, of which one or several can be picked.

use super::{Answers, OptionContent, OptionValue};
use crate::screens::face::Drawing;
use domain::{lang::Reader, response::Given, survey::ChoiceQuestion};

pub(super) fn answers<'a>(
    question: &'a ChoiceQuestion,
    reader: Reader,
    class: &str,
    mark: Option<Drawing>,
) -> Answers<'a> {
    let ChoiceQuestion { options, many } = question;
    let count = options.len().to_string();
    let class = [class, if *many { " is-many" } else { "" }, " has-", &count].concat();
    let options = options.iter().map(|option| {
        let value = if *many {
            OptionValue::OneOf(option.key.clone())
        } else {
            OptionValue::Whole(Given::Choice(vec![option.key.clone()]))
        };
        (
            value,
            OptionContent {
                drawing: mark.filter(|_| *many),
                class: "reason",
                words: reader.words(&option.text),
                meaning: None,
            },
        )
    });
    Answers { class, options: options.collect(), ends: None }
}
