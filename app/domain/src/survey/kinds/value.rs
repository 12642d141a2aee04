//! What is given to a question: as it arrived, as it is kept, and what is counted of it.

use serde::{Deserialize, Serialize};

/// What somebody gave to a question, before the question has checked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UncheckedValue {
    /// a number; `None` where it is not a whole one from 0 to 255, so that no scale has it
    Number(Option<u8>),
    /// option keys
    Options(Vec<String>),
    /// what was typed
    Text(String),
    /// nothing that any question is answered with
    Other,
}

/// What was said to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Given {
    /// a face, from 1 (worst)
    Face(u8),
    /// 0 to 10
    Nps(u8),
    /// agreement, from 1 (none) to 5
    Scale(u8),
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
    /// a face, a number or a step
    Number(u8),
    /// an option, by its key
    Option(String),
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
}

impl Given {
    /// The number, where it is one.
    #[must_use]
    pub const fn number(&self) -> Option<u8> {
        match self {
            Self::Face(value) | Self::Nps(value) | Self::Scale(value) => Some(*value),
            Self::Choice(_) | Self::Text(_) | Self::Skipped => None,
        }
    }

    /// Calls `count` with every value that is counted.
    pub fn count(&self, mut count: impl FnMut(CountedValue)) {
        match self {
            Self::Face(value) | Self::Nps(value) | Self::Scale(value) => count(CountedValue::Number(*value)),
            Self::Choice(keys) => keys.iter().for_each(|key| count(CountedValue::Option(key.clone()))),
            Self::Text(_) | Self::Skipped => {}
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
