//! The three languages of every screen, and texts that exist in all of them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language of the product.
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

/// One text in all three languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// in Finnish
    pub fi: String,
    /// in Swedish
    pub sv: String,
    /// in English
    pub en: String,
}

impl Text {
    /// The same text given once per language.
    pub fn new(fi: impl Into<String>, sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fi: fi.into(), sv: sv.into(), en: en.into() }
    }

    /// A name that is the same in every language, such as that of a touring show.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self::new(text, text, text)
    }

    /// The text for one reader; a missing translation falls back to one that exists, in the order
    /// of [`Lang::ALL`], because a wrong language is better than an empty button.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let own = self.exact(lang);
        if own.is_empty() {
            Lang::ALL.into_iter().map(|lang| self.exact(lang)).find(|text| !text.is_empty()).unwrap_or(own)
        } else {
            own
        }
    }

    fn exact(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fi => &self.fi,
            Lang::Sv => &self.sv,
            Lang::En => &self.en,
        }
    }
}
