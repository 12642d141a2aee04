//! What has just happened to a kiosk, as the address says it and in words.

use crate::i18n::{Lang, td_string};

/// What has just happened to a kiosk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// it got a tablet
    Paired,
    /// it got another name
    Renamed,
    /// it went to another venue
    Moved,
    /// its tablet left
    Unpaired,
    /// something was asked of its tablet
    Asked,
}

impl Done {
    /// The word in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paired => "paired",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Unpaired => "unpaired",
            Self::Asked => "asked",
        }
    }

    /// What a word in the address means.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        [Self::Paired, Self::Renamed, Self::Moved, Self::Unpaired, Self::Asked]
            .into_iter()
            .find(|done| done.as_str() == word)
    }

    pub(super) fn message(self, locale: Lang) -> &'static str {
        match self {
            Self::Paired => td_string!(locale, pairing.done_paired),
            Self::Renamed => td_string!(locale, pairing.done_renamed),
            Self::Moved => td_string!(locale, pairing.done_moved),
            Self::Unpaired => td_string!(locale, pairing.done_unpaired),
            Self::Asked => td_string!(locale, remote.done),
        }
    }
}
