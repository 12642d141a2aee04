//! A language as the whole world names it: a BCP 47 tag.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Lang;

/// A BCP 47 language tag such as `fi`, `ar` or `zh-Hant-TW`. What arrives is brought into the
/// canonical form (the letters' cases as RFC 5646, 2.1.1, has them), so that equal tags are equal texts.
///
/// It holds its text itself and is passed on like a number.
#[derive(Clone, Copy)]
pub struct LanguageTag {
    length: u8,
    bytes: [u8; Self::LONGEST],
}

/// Not a BCP 47 language tag, or one that is longer than any that is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the language must be a BCP 47 tag such as fi or zh-Hant, of at most 35 characters")]
pub struct InvalidTag;

impl LanguageTag {
    /// The length that RFC 5646, 4.4.1, asks everybody to support, in bytes.
    pub const LONGEST: usize = 35;

    /// A tag from somebody who has brought it into the canonical form already, such as the server. `None`
    /// where it is too long, or has characters that no tag has.
    #[must_use]
    pub fn canonical(tag: &str) -> Option<Self> {
        let mut bytes = [0; Self::LONGEST];
        let is_plain = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        bytes.get_mut(..tag.len()).filter(|_| is_plain)?.copy_from_slice(tag.as_bytes());
        Some(Self { length: u8::try_from(tag.len()).ok()?, bytes })
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // ASCII by construction.
        self.bytes.get(..usize::from(self.length)).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// The same language said less precisely, by one part: `zh-Hant` of `zh-Hant-TW`.
    #[must_use]
    pub fn broader(&self) -> Option<Self> {
        let (broader, _) = self.as_str().rsplit_once('-')?;
        Self::canonical(broader)
    }

    /// The language without script, region and what else may follow: `zh` of `zh-Hant-TW`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }

    /// The language of the screens that speaks it.
    #[must_use]
    pub fn lang(&self) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == self.primary())
    }

    /// Whether it is written from right to left: as its script is, where the tag names one, else as the script that it
    /// is usually written in.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        const SCRIPTS: &str = "Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa";
        const LANGUAGES: &str = "ar arc ckb dv fa he iw ks nqo ps sd syr ug ur yi";
        let has = |list: &str, word: &str| list.split(' ').any(|one| one == word);
        match self.as_str().split('-').nth(1).filter(|part| part.len() == 4) {
            Some(script) => has(SCRIPTS, script),
            None => has(LANGUAGES, self.primary()),
        }
    }
}

impl Default for LanguageTag {
    fn default() -> Self {
        Lang::default().into()
    }
}

impl From<Lang> for LanguageTag {
    fn from(lang: Lang) -> Self {
        let mut bytes = [0; Self::LONGEST];
        bytes[..2].copy_from_slice(lang.tag().as_bytes());
        Self { length: 2, bytes }
    }
}

impl FromStr for LanguageTag {
    type Err = InvalidTag;

    fn from_str(tag: &str) -> Result<Self, InvalidTag> {
        let tag = oxilangtag::LanguageTag::parse_and_normalize(tag).map_err(|_| InvalidTag)?;
        Self::canonical(tag.as_str()).ok_or(InvalidTag)
    }
}

impl PartialEq for LanguageTag {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl PartialEq<Lang> for LanguageTag {
    fn eq(&self, other: &Lang) -> bool {
        self.as_str() == other.tag()
    }
}

impl Eq for LanguageTag {}

impl PartialOrd for LanguageTag {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LanguageTag {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl Hash for LanguageTag {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for LanguageTag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for LanguageTag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = std::borrow::Cow::<str>::deserialize(deserializer)?;
        tag.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tag(text: &str) -> LanguageTag {
        text.parse().unwrap()
    }

    #[test]
    fn one_language_has_one_form() {
        for (typed, canonical) in [("FI", "fi"), ("sv-fi", "sv-FI"), ("ZH-hant-tw", "zh-Hant-TW"), ("se", "se")] {
            assert_eq!(tag(typed).as_str(), canonical);
        }
        for wrong in ["", "f", "suomen kieli", "fi_FI", "a-b-c", "fi-", "\u{e4}", &"x".repeat(40)] {
            assert_eq!(wrong.parse::<LanguageTag>(), Err(InvalidTag), "{wrong}");
        }
    }

    #[test]
    fn the_screens_speak_three_languages_in_every_region() {
        assert_eq!(
            ["sv-FI", "en", "de", "fil"].map(|text| tag(text).lang()),
            [Some(Lang::Sv), Some(Lang::En), None, None]
        );
        assert!(Lang::ALL.into_iter().all(|lang| LanguageTag::from(lang) == tag(lang.tag())));
    }

    #[test]
    fn a_script_runs_its_own_way() {
        for right_to_left in ["ar", "ar-EG", "he", "fa-IR", "ur", "yi", "ckb", "az-Arab", "uz-Arab-AF", "ks"] {
            assert!(tag(right_to_left).is_right_to_left(), "{right_to_left}");
        }
        for left_to_right in ["fi", "sv-FI", "se", "zh-Hant", "ku", "ks-Deva", "ur-Latn", "ara-Latn"] {
            assert!(!tag(left_to_right).is_right_to_left(), "{left_to_right}");
        }
    }

    proptest! {
        #[test]
        fn a_tag_survives_the_journey_in_its_canonical_form(text in "[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-[a-zA-Z]{2}|-[0-9]{3})?") {
            let once: LanguageTag = text.parse().unwrap();
            prop_assert_eq!(once, tag(once.as_str()));
            prop_assert_eq!(LanguageTag::canonical(once.as_str()), Some(once));
            prop_assert_eq!(once, tag(&text.to_ascii_uppercase()));
            let json = serde_json::to_string(&once).unwrap();
            prop_assert_eq!(serde_json::from_str::<LanguageTag>(&json).unwrap(), once);
        }

        #[test]
        fn whatever_comes_is_read_without_a_panic(text in ".{0,60}") {
            if let Ok(tag) = text.parse::<LanguageTag>() {
                prop_assert!(tag.as_str().eq_ignore_ascii_case(&text));
            }
        }
    }
}
