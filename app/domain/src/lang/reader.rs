//! Somebody who reads, and what they see of a text: decided here for every screen.

use super::{Lang, LanguageTag, Text};

/// Somebody who reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reader {
    /// the language that was chosen
    pub language: LanguageTag,
    /// the next best: the first language of the venue or, where staff read, of the organisation
    pub default: Option<LanguageTag>,
}

/// What a reader sees of a text, and how a page says in which language that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words<'a> {
    /// empty where the text has no words at all
    pub text: &'a str,
    /// their language, where it is another than that of the page around them
    pub lang: Option<LanguageTag>,
}

impl Reader {
    /// Somebody who reads a language, with the default of where they are.
    #[must_use]
    pub fn new(language: impl Into<LanguageTag>, default: Option<LanguageTag>) -> Self {
        Self { language: language.into(), default }
    }

    /// The language of the screens around what they read: their own where the screens speak it, else the default,
    /// else English, which is read furthest.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.language.lang().or_else(|| self.default?.lang()).unwrap_or(Lang::En)
    }

    /// What they see of a text: see [`Text::find`].
    #[must_use]
    pub fn words<'a>(&self, text: &'a Text) -> Words<'a> {
        let Some((tag, text)) = text.find(self.language, self.default) else { return Words::default() };
        Words { text, lang: (tag != self.lang()).then_some(tag) }
    }
}

impl From<Lang> for Reader {
    fn from(lang: Lang) -> Self {
        Self::new(lang, None)
    }
}

impl Words<'_> {
    /// The value of the attribute `dir`, where it is another than that of the page, which runs from left to right.
    #[must_use]
    pub fn dir(&self) -> Option<&'static str> {
        self.lang.is_some_and(|tag| tag.is_right_to_left()).then_some("rtl")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        text.parse().unwrap()
    }

    #[test]
    fn the_screens_speak_the_readers_language_the_default_or_english() {
        for (language, default, lang) in [
            ("sv-FI", Some("fi"), Lang::Sv),
            ("ar", Some("fi"), Lang::Fi),
            ("se", Some("sv-FI"), Lang::Sv),
            ("ar", Some("se"), Lang::En),
            ("ar", None, Lang::En),
        ] {
            assert_eq!(Reader::new(tag(language), default.map(tag)).lang(), lang, "{language} {default:?}");
        }
    }

    #[test]
    fn words_in_another_language_than_the_page_say_so() {
        let mut text = Text::new("Miten meni?", "", "");
        text.set(tag("ar"), "\u{643}\u{64a}\u{641}");
        text.set(tag("se"), "Mo manai?");
        for (language, lang, dir, words) in [
            ("fi", None, None, "Miten meni?"),
            ("ar", Some("ar"), Some("rtl"), "\u{643}\u{64a}\u{641}"),
            ("ar-EG", Some("ar"), Some("rtl"), "\u{643}\u{64a}\u{641}"),
            ("se", Some("se"), None, "Mo manai?"),
            ("sv", Some("fi"), None, "Miten meni?"),
        ] {
            let read = Reader::new(tag(language), Some(tag("fi"))).words(&text);
            assert_eq!((read.text, read.lang, read.dir()), (words, lang.map(tag), dir), "{language}");
        }
        assert_eq!(Reader::from(Lang::En).words(&Text::default()), Words::default());
    }
}
