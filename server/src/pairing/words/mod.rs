//! Three words that a tablet shows and a person types: 24 bits that can be read across a foyer.
//!
//! Each language has 256 words of its own, short names of things that one can point at. No two of a
//! list share their first four letters, and no two are one slip of the finger apart, with or without
//! the dots and rings over their letters; the tests below see to that. The lists are no translations
//! of each other: a place in the list is what counts, so that a tablet that changes its language
//! shows the same secret in other words.

mod en;
mod fi;
mod sv;

use domain::lang::Lang;

/// Three places in the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(pub [u8; 3]);

/// What somebody typed is not three words of one list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseWordsError {
    /// more or fewer words than three
    #[error("three words are needed")]
    NotThree,
    /// a word that no tablet shows; as it was typed
    #[error("no tablet shows the word {0:?}")]
    Unknown(String),
}

impl Words {
    /// The words as a tablet shows them.
    #[must_use]
    pub fn spoken(self, lang: Lang) -> [&'static str; 3] {
        self.0.map(|place| list(lang)[usize::from(place)])
    }

    /// The words for the address in a QR code: hyphens between them, and only letters that need no
    /// escape, so that the code stays coarse.
    #[must_use]
    pub fn in_address(self, lang: Lang) -> String {
        self.spoken(lang).map(fold).join("-")
    }

    /// What a person may have meant: upper case, missing dots and rings, commas, hyphens and surplus
    /// spaces are forgiven. More than one where the words stand in the lists of several languages.
    ///
    /// # Errors
    /// [`ParseWordsError`] where it cannot be the words of any tablet.
    pub fn parse(typed: &str) -> Result<Vec<Self>, ParseWordsError> {
        let typed: Vec<&str> = typed.split(|c: char| !is_of_a_word(c)).filter(|word| !word.is_empty()).collect();
        let [one, two, three] = typed[..] else { return Err(ParseWordsError::NotThree) };
        let typed = [one, two, three];
        let meant = typed.map(fold);
        let mut read: Vec<Self> = Lang::ALL.into_iter().filter_map(|lang| places(lang, &meant)).collect();
        read.sort_unstable();
        read.dedup();
        if read.is_empty() {
            let is_known = |word: &str| Lang::ALL.into_iter().any(|lang| place(lang, word).is_some());
            let unknown = typed.into_iter().zip(&meant).find(|(_, meant)| !is_known(meant));
            // Known words of different languages: the first one is as wrong as the others.
            return Err(ParseWordsError::Unknown(unknown.map_or(one, |(word, _)| word).to_owned()));
        }
        Ok(read)
    }
}

/// Also the accents that some keyboards send after their letter.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || is_accent(c)
}

/// The block of combining diacritical marks.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Lower case, without dots, rings and accents.
fn fold(word: &str) -> String {
    let plain = |c| match c {
        'å' | 'ä' | 'á' | 'à' | 'â' => 'a',
        'ö' | 'ø' | 'ó' => 'o',
        'é' | 'è' | 'ê' => 'e',
        c => c,
    };
    word.chars().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).map(plain).collect()
}

fn places(lang: Lang, meant: &[String; 3]) -> Option<Words> {
    let [one, two, three] = meant;
    Some(Words([place(lang, one)?, place(lang, two)?, place(lang, three)?]))
}

fn place(lang: Lang, meant: &str) -> Option<u8> {
    list(lang).iter().position(|word| fold(word) == meant).and_then(|place| u8::try_from(place).ok())
}

const fn list(lang: Lang) -> &'static [&'static str; 256] {
    match lang {
        Lang::Fi => &fi::WORDS,
        Lang::Sv => &sv::WORDS,
        Lang::En => &en::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// How many slips lie between two words: letters that are wrong, missing, surplus or swapped with
    /// their neighbour (Damerau and Levenshtein, the restricted form).
    fn slips(one: &str, other: &str) -> usize {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let wrong = usize::from(one[i - 1] != other[j - 1]);
                    let least = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + wrong);
                    let swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                    if swapped { least.min(table[i - 2][j - 2] + 1) } else { least }
                };
            }
        }
        table[one.len()][other.len()]
    }

    #[test]
    fn slips_are_counted() {
        for (one, other, count) in [("kala", "kala", 0), ("kala", "kaal", 1), ("kala", "kana", 1), ("", "abc", 3)] {
            assert_eq!(slips(one, other), count, "{one} {other}");
        }
        assert_eq!(slips("kala", "pallo"), 3);
    }

    #[test]
    fn no_word_looks_like_another() {
        for lang in Lang::ALL {
            let words = list(lang);
            for (place, one) in words.iter().enumerate() {
                assert!((3..=8).contains(&one.chars().count()), "{lang}: {one}");
                assert!(one.chars().all(|c| c.is_lowercase() && c.is_alphabetic()), "{lang}: {one}");
                for other in &words[place + 1..] {
                    assert!(slips(one, other) >= 2, "{lang}: {one} {other}");
                    assert!(slips(&fold(one), &fold(other)) >= 2, "{lang}: {one} {other} without dots");
                }
            }
            let beginnings: BTreeSet<String> = words.iter().map(|word| fold(word).chars().take(4).collect()).collect();
            assert_eq!(beginnings.len(), words.len(), "{lang}: four letters are enough to tell them apart");
        }
    }

    #[test]
    fn what_is_spoken_is_heard() {
        for lang in Lang::ALL {
            for place in 0..=255 {
                let words = Words([place, place.wrapping_mul(7), place.wrapping_add(99)]);
                for typed in [words.spoken(lang).join(" "), words.in_address(lang)] {
                    assert!(Words::parse(&typed).is_ok_and(|read| read.contains(&words)), "{typed}");
                }
                assert!(words.in_address(lang).is_ascii());
            }
        }
    }

    #[test]
    fn typing_is_forgiven() {
        let words = Words::parse("pähkinä öljy sähkö").unwrap();
        assert_eq!(words.len(), 1);
        assert_eq!(words[0].spoken(Lang::Fi), ["pähkinä", "öljy", "sähkö"]);
        for typed in [
            "PÄHKINÄ ÖLJY SÄHKÖ",
            "  pahkina,oljy , sahko. ",
            "Pähkinä\u{a0}öljy\tsähkö",
            "pähkinä-öljy-sähkö",
            "pa\u{308}hkina\u{308} o\u{308}ljy sa\u{308}hko\u{308}",
        ] {
            assert_eq!(Words::parse(typed).as_ref(), Ok(&words), "{typed}");
        }
    }

    #[test]
    fn what_no_tablet_shows_is_named() {
        assert_eq!(Words::parse(""), Err(ParseWordsError::NotThree));
        assert_eq!(Words::parse("kuu talo"), Err(ParseWordsError::NotThree));
        assert_eq!(Words::parse("kuu talo vene vene"), Err(ParseWordsError::NotThree));
        assert_eq!(Words::parse("kuu Tallo vene"), Err(ParseWordsError::Unknown("Tallo".into())));
        assert_eq!(
            Words::parse("window talo äpple"),
            Err(ParseWordsError::Unknown("window".into())),
            "three languages"
        );
    }
}
