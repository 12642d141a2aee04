//! The kinds of questions. A file holds everything that is peculiar to one kind: which definition is
//! valid, which answers are, what is counted of them and what their score is. This page only
//! dispatches: a new kind is a file, and the compiler names the places.
//!
//! How a kind is drawn does not belong here (that is `screens/question` in the crate `app`).

mod choice;
mod face;
mod nps;
pub mod text;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::{
    choice::{ChoiceOption, ChoiceQuestion},
    face::{FaceQuestion, FaceSet},
    nps::NpsQuestion,
    text::TextQuestion,
};
use crate::interval::{Interval, wilson};

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// four or five faces
    Face(FaceQuestion),
    /// 0 to 10: how likely to recommend
    Nps(NpsQuestion),
    /// one or many of a few options
    Choice(ChoiceQuestion),
    /// free text: a comment
    Text(TextQuestion),
}

/// What was said to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Given {
    /// a face, from 1 (worst)
    Face(u8),
    /// 0 to 10
    Nps(u8),
    /// option keys in the order of the survey version
    Choice(Vec<String>),
    /// a comment, not empty
    Text(String),
    /// seen and passed over
    Skipped,
}

/// One value of a question that is counted for itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountedValue {
    /// a face or a number
    Number(u8),
    /// an option, by its key
    Option(String),
}

/// A score and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// NPS from -100 to 100, or the share of the top two in percent
    pub value: i32,
    /// its 95 % interval, on the same scale
    pub interval: Interval,
}

/// Why a question of this kind cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefinition {
    /// Four or five faces, each with a word.
    #[error("a face question has four or five faces, each with a word")]
    Faces,
    /// The two ends of the scale need words.
    #[error("a recommendation question has a word for each end")]
    Ends,
    /// One to six options with different, plain keys.
    #[error("a choice has one to six options with different keys (a letter, then a-z, 0-9, _)")]
    Options,
}

/// Why a value is no answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidValue {
    /// it is of another kind than the question
    WrongKind,
    /// it is not on the scale
    OutOfRange,
    /// there is no such option, or it stands there twice
    UnknownOption,
    /// one option was asked for, several came
    TooManyOptions,
    /// a comment has at most [`text::MAX_CHARS`] characters
    TextTooLong,
    /// a comment holds NUL or another control character
    ControlCharacter,
}

impl Kind {
    /// Checks what publication promises to kiosks and tallies.
    pub(super) fn check(&self) -> Result<(), InvalidDefinition> {
        match self {
            Self::Face(face) => face.check(),
            Self::Nps(nps) => nps.check(),
            Self::Choice(choice) => choice.check(),
            Self::Text(TextQuestion {}) => Ok(()),
        }
    }

    /// The numbers that can be answered, from the worst to the best; `None` where no number can.
    #[must_use]
    pub fn numbers(&self) -> Option<RangeInclusive<u8>> {
        match self {
            Self::Face(face) => Some(face.numbers()),
            Self::Nps(_) => Some(NpsQuestion::NUMBERS),
            Self::Choice(_) | Self::Text(_) => None,
        }
    }

    /// Checks a value as it arrived.
    ///
    /// # Errors
    /// The first rule that does not hold.
    pub fn read(&self, value: Value) -> Result<Given, InvalidValue> {
        match self {
            Self::Face(face) => number(&value, &face.numbers()).map(Given::Face),
            Self::Nps(_) => number(&value, &NpsQuestion::NUMBERS).map(Given::Nps),
            Self::Choice(choice) => choice.read(&value),
            Self::Text(_) => text::read(value),
        }
    }

    /// The values that are counted, each for itself, in the order in which they are shown.
    #[must_use]
    pub fn counted_values(&self) -> Vec<CountedValue> {
        match self {
            Self::Face(face) => face.numbers().map(CountedValue::Number).collect(),
            Self::Nps(_) => NpsQuestion::NUMBERS.map(CountedValue::Number).collect(),
            Self::Choice(choice) => choice.keys().map(|key| CountedValue::Option(key.to_owned())).collect(),
            Self::Text(_) => Vec::new(),
        }
    }

    /// The score, of how many gave each of [`Self::counted_values`]; `None` where the kind has none or
    /// nobody answered.
    #[must_use]
    pub fn score(&self, counts: &[u64]) -> Option<Score> {
        match self {
            Self::Face(_) => top_two(counts),
            Self::Nps(_) => nps::score(counts),
            Self::Choice(_) | Self::Text(_) => None,
        }
    }
}

impl Given {
    /// The number, where it is one.
    #[must_use]
    pub const fn number(&self) -> Option<u8> {
        match self {
            Self::Face(value) | Self::Nps(value) => Some(*value),
            Self::Choice(_) | Self::Text(_) | Self::Skipped => None,
        }
    }

    /// Calls `count` with every value that is counted.
    pub fn count(&self, mut count: impl FnMut(CountedValue)) {
        match self {
            Self::Face(value) | Self::Nps(value) => count(CountedValue::Number(*value)),
            Self::Choice(keys) => keys.iter().for_each(|key| count(CountedValue::Option(key.clone()))),
            Self::Text(_) | Self::Skipped => {}
        }
    }

    /// As a screen sends it: a comment is cleaned, and an empty one was passed over (`None`).
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        match self {
            Self::Face(value) | Self::Nps(value) => Some(Value::from(*value)),
            Self::Choice(keys) => Some(Value::from(keys.clone())),
            Self::Text(typed) => text::clean(typed).map(Value::from),
            Self::Skipped => None,
        }
    }
}

impl std::fmt::Display for CountedValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Option(key) => f.write_str(key),
        }
    }
}

/// A whole number within a range.
fn number(value: &Value, numbers: &RangeInclusive<u8>) -> Result<u8, InvalidValue> {
    let Value::Number(number) = value else { return Err(InvalidValue::WrongKind) };
    number
        .as_u64()
        .and_then(|value| u8::try_from(value).ok())
        .filter(|value| numbers.contains(value))
        .ok_or(InvalidValue::OutOfRange)
}

/// The share of the best two values in percent, with its Wilson interval in percent.
fn top_two(counts: &[u64]) -> Option<Score> {
    let (top, n) = (counts.iter().rev().take(2).sum(), counts.iter().sum());
    let Interval { low, high } = wilson(top, n)?;
    #[expect(clippy::cast_possible_truncation, reason = "a rounded percentage")]
    let value = (100.0 * top as f64 / n as f64).round() as i32;
    Some(Score { value, interval: Interval { low: 100.0 * low, high: 100.0 * high } })
}
