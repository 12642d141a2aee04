//! What languages call themselves: a language switch must be readable for those who need it.

use super::LanguageTag;

/// The languages that are spoken in Finland and around it, and the largest of the others, as CLDR writes them, with a
/// capital letter where the script has any. Sorted by tag.
const NAMES: &[(&str, &str)] = &[
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("az", "Azərbaycanca"),
    ("be", "Беларуская"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("bs", "Bosanski"),
    ("ckb", "کوردیی ناوەندی"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("hy", "Հայերեն"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("ko", "한국어"),
    ("ku", "Kurdî"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("my", "မြန်မာ"),
    ("nb", "Norsk bokmål"),
    ("ne", "नेपाली"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("ps", "پښتو"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("rom", "Romani"),
    ("ru", "Русский"),
    ("se", "Davvisámegiella"),
    ("si", "සිංහල"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sma", "Åarjelsaemien gïele"),
    ("smj", "Julevsámegiella"),
    ("smn", "Anarâškielâ"),
    ("sms", "Nuõrttsääʹmǩiõll"),
    ("so", "Soomaali"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("th", "ไทย"),
    ("ti", "ትግርኛ"),
    ("tl", "Tagalog"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

impl LanguageTag {
    /// What the language calls itself. What a name does not say, such as a region, stands behind it in brackets; a
    /// language that nobody has written here is its tag.
    #[must_use]
    pub fn own_name(&self) -> String {
        let (mut known, mut unsaid) = (*self, "");
        loop {
            if let Ok(place) = NAMES.binary_search_by_key(&known.as_str(), |(tag, _)| tag) {
                let name = NAMES[place].1;
                return if unsaid.is_empty() { name.to_owned() } else { format!("{name} ({unsaid})") };
            }
            let Some(broader) = known.broader() else { return self.as_str().to_owned() };
            known = broader;
            unsaid = &self.as_str()[known.as_str().len() + 1..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn a_language_is_written_in_itself() {
        let name = |tag: &str| tag.parse::<LanguageTag>().unwrap().own_name();
        assert_eq!(
            ["ar", "se", "zh-Hant-TW", "sv-FI"].map(name),
            ["العربية", "Davvisámegiella", "繁體中文 (TW)", "Svenska (FI)"]
        );
        assert_eq!(name("tlh"), "tlh");
        assert!(Lang::ALL.into_iter().all(|lang| LanguageTag::from(lang).own_name() == lang.own_name()));
    }

    #[test]
    fn every_name_is_found_under_a_canonical_tag() {
        assert!(NAMES.is_sorted_by_key(|(tag, _)| tag));
        for (tag, name) in NAMES {
            let read: LanguageTag = tag.parse().unwrap();
            assert_eq!((read.as_str(), read.own_name().as_str()), (*tag, *name));
        }
    }
}
