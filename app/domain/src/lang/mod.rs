//! Languages: the three that every screen is written in, and all those that visitors may read.
//!
//! - [`Lang`]: a language of the screens; the compiler sees that no text of theirs is missing;
//! - [`LanguageTag`]: any language;
//! - [`Text`]: what visitors read, written by the organisation in whichever languages it likes;
//! - [`Reader`]: somebody who reads it, and what they see.

mod names;
mod reader;
mod tag;
mod text;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use self::{
    reader::{Reader, Words},
    tag::{InvalidTag, LanguageTag},
    text::Text,
};

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Finnish
    #[default]
    Fi,
    /// Swedish
    Sv,
    /// English
    En,
}

impl Lang {
    /// In the order in which a language switch shows them.
    pub const ALL: [Self; 3] = [Self::Fi, Self::Sv, Self::En];

    /// The BCP 47 tag, as in the `lang` attribute.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// What the language calls itself: a switch must be readable for those who need it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Fi => "Suomi",
            Self::Sv => "Svenska",
            Self::En => "English",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The tag names none of the languages of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the language must be fi, sv or en")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag).ok_or(UnknownLang)
    }
}
