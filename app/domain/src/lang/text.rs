//! What visitors read, in whichever languages it was written.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

use super::{Lang, LanguageTag};

/// One text in several languages: a map from language tag to words. Empty words are as good as none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(Vec<(LanguageTag, String)>);

impl Text {
    /// A text in the three languages of the screens.
    pub fn new(fi: impl Into<String>, sv: impl Into<String>, en: impl Into<String>) -> Self {
        let words = [fi.into(), sv.into(), en.into()];
        Lang::ALL.into_iter().map(LanguageTag::from).zip(words).collect()
    }

    /// A name that is the same in every language of the screens, such as that of a touring show.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self::new(text, text, text)
    }

    /// Puts words in, in place of those that were there in this language.
    pub fn set(&mut self, tag: impl Into<LanguageTag>, words: impl Into<String>) {
        let tag = tag.into();
        match self.0.binary_search_by_key(&tag, |(other, _)| *other) {
            Ok(place) => self.0[place].1 = words.into(),
            Err(place) => self.0.insert(place, (tag, words.into())),
        }
    }

    /// The languages that it has words in, in the order of their tags.
    pub fn languages(&self) -> impl Iterator<Item = LanguageTag> {
        self.0.iter().filter(|(_, words)| !words.is_empty()).map(|(tag, _)| *tag)
    }

    /// Tags and words, in the order of the tags.
    pub fn iter(&self) -> impl Iterator<Item = (LanguageTag, &str)> {
        self.0.iter().map(|(tag, words)| (*tag, words.as_str()))
    }

    /// The words for one reader and the language that they are in. Where there are none in the asked
    /// language: those of the same language less precisely (`sv` for `sv-FI`), then those in the default
    /// language of the venue or the organisation, then any, those of the screens' languages first, because a
    /// wrong language is better than an empty button.
    #[must_use]
    pub fn find(&self, asked: impl Into<LanguageTag>, default: Option<LanguageTag>) -> Option<(LanguageTag, &str)> {
        self.nearest(asked.into())
            .or_else(|| self.nearest(default?))
            .or_else(|| Lang::ALL.into_iter().find_map(|lang| self.exact(lang.into())))
            .or_else(|| self.iter().find(|(_, words)| !words.is_empty()))
    }

    /// The words in a language, or in the same language said less precisely.
    pub(crate) fn nearest(&self, asked: LanguageTag) -> Option<(LanguageTag, &str)> {
        std::iter::successors(Some(asked), LanguageTag::broader).find_map(|tag| self.exact(tag))
    }

    fn exact(&self, asked: LanguageTag) -> Option<(LanguageTag, &str)> {
        self.iter().find(|(tag, words)| *tag == asked && !words.is_empty())
    }
}

impl FromIterator<(LanguageTag, String)> for Text {
    fn from_iter<I: IntoIterator<Item = (LanguageTag, String)>>(words: I) -> Self {
        let mut text = Self::default();
        words.into_iter().for_each(|(tag, words)| text.set(tag, words));
        text
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;

        impl<'de> Visitor<'de> for Words {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from language tag to text")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut text = Text::default();
                while let Some((tag, words)) = map.next_entry::<LanguageTag, String>()? {
                    text.set(tag, words);
                }
                Ok(text)
            }
        }

        deserializer.deserialize_map(Words)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::btree_map, prelude::*, sample::select};

    use super::*;

    fn tag(text: &str) -> LanguageTag {
        text.parse().unwrap()
    }

    fn text(words: &[(&str, &str)]) -> Text {
        words.iter().map(|(name, words)| (tag(name), (*words).to_owned())).collect()
    }

    #[test]
    fn a_reader_gets_what_is_nearest() {
        let words = text(&[("fi", "hei"), ("sv", "hej"), ("zh-Hant", "你好"), ("en", ""), ("de", "hallo")]);
        for (asked, default, found) in [
            ("sv", None, "hej"),
            ("sv-FI", None, "hej"),
            ("zh-Hant-TW", None, "你好"),
            ("zh", Some("de"), "hallo"),
            ("ar", Some("de-AT"), "hallo"),
            ("en", Some("sv"), "hej"),
            ("en", None, "hei"),
        ] {
            assert_eq!(words.find(tag(asked), default.map(tag)).map(|(_, words)| words), Some(found), "{asked}");
        }
        assert_eq!(text(&[("ar", "مرحبا")]).find(tag("fi"), None), Some((tag("ar"), "مرحبا")));
        assert_eq!((Text::default().find(Lang::Fi, None), Text::same("").find(Lang::Fi, None)), (None, None));
    }

    #[test]
    fn what_older_programs_kept_reads_as_it_did() {
        let kept = r#"{"fi":"a","sv":"b","en":"c"}"#;
        let text: Text = serde_json::from_str(kept).unwrap();
        assert_eq!(text, Text::new("a", "b", "c"));
        assert_eq!(Lang::ALL.map(|lang| text.find(lang, None).unwrap().1), ["a", "b", "c"]);
        for wrong in ["[]", r#"{"":"a"}"#, r#"{"fi":1}"#, r#"{"f i":"a"}"#, "null"] {
            assert!(serde_json::from_str::<Text>(wrong).is_err(), "{wrong}");
        }
    }

    fn tags() -> impl Strategy<Value = &'static str> {
        select(vec!["fi", "sv", "sv-FI", "en", "ar", "se", "zh-Hant", "zh-Hant-TW", "pt-BR"])
    }

    proptest! {
        #[test]
        fn a_text_survives_the_journey(words in btree_map(tags(), ".{0,8}", 0..6)) {
            let words: Text = words.iter().map(|(name, words)| (tag(name), words.clone())).collect();
            let json = serde_json::to_value(&words).unwrap();
            prop_assert!(json.as_object().unwrap().iter().all(|(name, it)| tag(name).as_str() == name && it.is_string()));
            prop_assert_eq!(serde_json::from_value::<Text>(json).unwrap(), words);
        }

        #[test]
        fn somebody_always_reads_something(words in btree_map(tags(), ".{0,8}", 0..6), asked in tags(), default in tags()) {
            let text: Text = words.iter().map(|(name, words)| (tag(name), words.clone())).collect();
            let is_empty = words.values().all(String::is_empty);
            match text.find(tag(asked), Some(tag(default))) {
                None => prop_assert!(is_empty),
                Some((found, said)) => {
                    prop_assert_eq!(words.get(found.as_str()).map(String::as_str), Some(said));
                    let has = |name: &str| words.get(name).is_some_and(|words| !words.is_empty());
                    // Nothing that is nearer was passed over.
                    prop_assert!(!has(asked) || found == tag(asked));
                    let is_related = asked.starts_with(found.as_str());
                    prop_assert!(is_related || !has(default) || found == tag(default));
                }
            }
        }
    }
}
