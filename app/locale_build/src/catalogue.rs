//! Reads the texts of every language and compares the languages.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::template::{scripted, values};

/// The words that Rust keeps for itself: no text can be called so.
const KEYWORDS: &str = "as async await break const continue crate dyn else enum extern false fn for if impl in let loop \
    match mod move mut pub ref return self static struct super trait true type unsafe use where while yield";

/// What is wrong with the texts.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// a file or folder cannot be read
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, io::Error),
    /// a file is not one flat object of texts
    #[error("{0} is no object of texts: {1}")]
    Malformed(PathBuf, String),
    /// a name that no Rust item can have
    #[error("`{0}` cannot be the name of a text, a value or a family: lower case, digits and `_`, no keyword of Rust")]
    Name(String),
    /// one language has a text and another has not
    #[error("`{family}.{key}` is missing in `{language}`")]
    Missing {
        /// the family of screens
        family: String,
        /// the text
        key: String,
        /// the language that lacks it
        language: String,
    },
    /// two languages disagree on what a text takes
    #[error("`{family}.{key}` takes other values in `{language}` than in `{first}`")]
    Placeholders {
        /// the family of screens
        family: String,
        /// the text
        key: String,
        /// a language
        language: String,
        /// the language that it is compared with
        first: String,
    },
}

/// The texts: by family, then by name, one for each language in the order of the languages.
pub(crate) struct Catalogue(pub(crate) BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Catalogue {
    /// Reads `<language>/<family>.json` of every language.
    pub(crate) fn read(locales: &Path, languages: &[&str]) -> Result<Self, CatalogueError> {
        let mut read = Vec::new();
        for language in languages {
            read.push((*language, families(&locales.join(language))?));
        }
        Self::compare(read)
    }

    /// Puts the languages side by side.
    fn compare(languages: Vec<(&str, BTreeMap<String, Texts>)>) -> Result<Self, CatalogueError> {
        let keys = |texts: &BTreeMap<String, Texts>| -> BTreeSet<(String, String)> {
            let of = |(family, texts): (&String, &Texts)| -> Vec<_> {
                texts.keys().map(|key| (family.clone(), key.clone())).collect()
            };
            texts.iter().flat_map(of).collect()
        };
        let all: BTreeSet<(String, String)> = languages.iter().flat_map(|(_, texts)| keys(texts)).collect();
        let mut side_by_side: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for (family, key) in all {
            checked(&family)?;
            checked(&key)?;
            let mut texts: Vec<String> = Vec::new();
            for (language, families) in &languages {
                let Some(text) = families.get(&family).and_then(|texts| texts.get(&key)) else {
                    return Err(CatalogueError::Missing { family, key, language: (*language).to_owned() });
                };
                if texts.first().is_some_and(|first| values(first) != values(text) || scripted(first) != scripted(text))
                {
                    let (language, first) = ((*language).to_owned(), languages[0].0.to_owned());
                    return Err(CatalogueError::Placeholders { family, key, language, first });
                }
                texts.push(text.clone());
            }
            texts.iter().flat_map(|text| values(text)).try_for_each(checked)?;
            side_by_side.entry(family).or_default().insert(key, texts);
        }
        Ok(Self(side_by_side))
    }
}

/// Texts by name.
type Texts = BTreeMap<String, String>;

fn families(folder: &Path) -> Result<BTreeMap<String, Texts>, CatalogueError> {
    let unreadable = |error| CatalogueError::Unreadable(folder.to_owned(), error);
    let mut families = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_some_and(|extension| extension == "json") {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            families.insert(name, texts(&file)?);
        }
    }
    Ok(families)
}

fn texts(file: &Path) -> Result<Texts, CatalogueError> {
    let malformed = |why: String| CatalogueError::Malformed(file.to_owned(), why);
    let json = fs::read_to_string(file).map_err(|error| CatalogueError::Unreadable(file.to_owned(), error))?;
    let object: BTreeMap<String, Value> = serde_json::from_str(&json).map_err(|error| malformed(error.to_string()))?;
    let text = |(key, value): (String, Value)| match value {
        Value::String(text) => Ok((key, text)),
        _ => Err(malformed(format!("`{key}` is no text"))),
    };
    object.into_iter().map(text).collect()
}

fn checked(name: &str) -> Result<(), CatalogueError> {
    let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let is_free = !KEYWORDS.split_whitespace().any(|word| word == name);
    if is_plain && is_free { Ok(()) } else { Err(CatalogueError::Name(name.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(texts: &[(&str, &str)]) -> BTreeMap<String, Texts> {
        let texts = texts.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        BTreeMap::from([("staff".to_owned(), texts)])
    }

    fn said(fi: &[(&str, &str)], sv: &[(&str, &str)]) -> Result<Catalogue, String> {
        Catalogue::compare(vec![("fi", language(fi)), ("sv", language(sv))]).map_err(|error| error.to_string())
    }

    #[test]
    fn languages_stand_side_by_side() {
        let catalogue = said(&[("b", "{{ n }} b"), ("a", "a")], &[("a", "å"), ("b", "b {{n}}")]).unwrap();
        assert_eq!(catalogue.0["staff"]["a"], ["a", "å"]);
        assert_eq!(catalogue.0["staff"]["b"], ["{{ n }} b", "b {{n}}"]);
    }

    #[test]
    fn a_missing_text_is_named_with_its_language() {
        let missing = said(&[("a", "a"), ("b", "b")], &[("a", "å")]).err();
        assert_eq!(missing.as_deref(), Some("`staff.b` is missing in `sv`"));
        let missing = said(&[], &[("a", "å")]).err();
        assert_eq!(missing.as_deref(), Some("`staff.a` is missing in `fi`"));
    }

    #[test]
    fn other_placeholders_are_named() {
        let other = "`staff.a` takes other values in `sv` than in `fi`";
        assert_eq!(said(&[("a", "{{ n }}")], &[("a", "{{ m }}")]).err().as_deref(), Some(other));
        assert_eq!(said(&[("a", "{n}")], &[("a", "n")]).err().as_deref(), Some(other));
    }

    #[test]
    fn names_are_names_of_rust() {
        for name in ["type", "A", "a-b", "1a", ""] {
            assert!(said(&[(name, "a")], &[(name, "a")]).is_err_and(|error| error.contains("no keyword")), "{name}");
        }
        assert!(said(&[("a", "{{ B }}")], &[("a", "{{ B }}")]).is_err());
    }
}
