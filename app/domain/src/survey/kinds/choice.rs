//! One or many of a few options.

use serde::{Deserialize, Serialize};

use super::{Given, InvalidDefinition, InvalidValue, UncheckedValue};
use crate::lang::Text;

/// One or many of a few options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceQuestion {
    /// at most [`ChoiceQuestion::MAX_OPTIONS`]
    pub options: Vec<ChoiceOption>,
    /// whether several may be picked
    pub many: bool,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// never reused for another meaning
    pub key: String,
    /// what the visitor reads
    pub text: Text,
}

impl ChoiceQuestion {
    /// More reasons than this nobody reads standing in a foyer.
    pub const MAX_OPTIONS: usize = 6;

    pub(super) fn check(&self) -> Result<(), InvalidDefinition> {
        let is_valid = (1..=Self::MAX_OPTIONS).contains(&self.options.len())
            && self.keys().enumerate().all(|(place, key)| is_plain(key) && self.keys().take(place).all(|it| it != key));
        if is_valid { Ok(()) } else { Err(InvalidDefinition::Options) }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.options.iter().map(|option| option.key.as_str())
    }

    /// Option keys, put in the order of the survey.
    pub(super) fn read(&self, value: UncheckedValue) -> Result<Given, InvalidValue> {
        let UncheckedValue::Options(keys) = value else { return Err(InvalidValue::WrongKind) };
        if keys.is_empty() {
            return Err(InvalidValue::WrongKind);
        }
        if keys.len() > 1 && !self.many {
            return Err(InvalidValue::TooManyOptions);
        }
        let is_picked = |option: &&str| keys.iter().any(|key| key == option);
        let picked: Vec<String> = self.keys().filter(is_picked).map(str::to_owned).collect();
        if picked.len() == keys.len() { Ok(Given::Choice(picked)) } else { Err(InvalidValue::UnknownOption) }
    }
}

/// Keys are part of tallies and exports. They begin with a letter, so that none looks like a number.
fn is_plain(key: &str) -> bool {
    (1..=32).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
