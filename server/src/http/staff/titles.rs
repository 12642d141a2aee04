//! Titles in the languages of the screens, as three fields of a form.

use domain::{
    lang::{Lang, LanguageTag, Text},
    name::{NameProblem, check_name},
};

/// The names of the fields, in the order of [`Lang::ALL`].
pub(super) const TITLES: [&str; 3] = ["title_fi", "title_sv", "title_en"];

/// What the fields say. The first that is wrong is said: all of them stand together.
///
/// # Errors
/// What is wrong with the first.
pub(super) fn read_titles(typed: &[String; 3]) -> Result<Text, NameProblem> {
    let mut title = Text::default();
    for (lang, words) in Lang::ALL.into_iter().zip(typed) {
        if !words.is_empty() {
            check_name(words)?;
            title.set(LanguageTag::from(lang), words.as_str());
        }
    }
    if title.languages().next().is_none() { Err(NameProblem::Missing) } else { Ok(title) }
}

/// The fields of a title that is there.
pub(super) fn words_of(title: &Text) -> [String; 3] {
    Lang::ALL.map(|lang| {
        let tag = LanguageTag::from(lang);
        title.iter().find(|(other, _)| *other == tag).map(|(_, words)| words.to_owned()).unwrap_or_default()
    })
}

/// A title as it was, with what the fields say. What was written in languages that no field knows stays.
pub(super) fn written(mut before: Text, typed: &Text) -> Text {
    for lang in Lang::ALL {
        before.set(lang, "");
    }
    for (tag, words) in typed.iter() {
        before.set(tag, words);
    }
    before
}
