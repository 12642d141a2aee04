//! The numbers from 0 to 10.

use super::{Answers, OptionContent, OptionValue};
use domain::{
    lang::{Reader, Words},
    nps::Nps,
    response::Given,
    survey::NpsQuestion,
};

/// What stands on the seats.
const NUMBERS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

pub(super) fn answers<'a>(question: &'a NpsQuestion, reader: Reader, class: &str) -> Answers<'a> {
    let end = |place: usize| question.labels.get(place).map(|label| reader.words(label)).unwrap_or_default();
    let (low, high) = (end(0), end(1));
    let options = (0..=Nps::MAX).zip(NUMBERS).map(|(value, text)| {
        (
            OptionValue::Whole(Given::Nps(value)),
            OptionContent {
                drawing: None,
                class: "seat",
                words: Words { text, lang: None },
                meaning: match value {
                    0 => Some(low),
                    Nps::MAX => Some(high),
                    _ => None,
                },
            },
        )
    });
    Answers { class: class.to_owned(), options: options.collect(), ends: Some([low, high]) }
}
