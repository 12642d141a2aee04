//! Words by name, as columns of the organisation keep them.

use std::collections::BTreeMap;

use domain::{
    look::{Look, Part},
    notices::{Notice, Notices},
};

use super::StoreError;

/// What stands in such a column, a JSON object.
pub(crate) type Words = BTreeMap<String, String>;

pub(crate) fn look(words: &Words) -> Result<Look, StoreError> {
    Part::ALL.into_iter().try_fold(Look::default(), |look, part| {
        let Some(word) = words.get(part.as_str()) else { return Ok(look) };
        let colour = word.parse().map_err(|_| StoreError::unknown_word("colour", word))?;
        Ok(look.with(part, Some(colour)))
    })
}

pub(crate) fn words_of_look(look: &Look) -> Words {
    let chosen =
        Part::ALL.into_iter().filter_map(|part| Some((part.as_str().to_owned(), look.part(part)?.to_string())));
    chosen.collect()
}

pub(crate) fn notices(words: &Words) -> Notices {
    let mut notices = Notices::default();
    for notice in Notice::ALL {
        notices.say(notice, words.get(notice.as_str()).map_or("", String::as_str));
    }
    notices
}

pub(crate) fn words_of_notices(notices: &Notices) -> Words {
    let said = Notice::ALL.into_iter().filter_map(|notice| Some((notice.as_str(), notices.get(notice)?)));
    said.map(|(name, words)| (name.to_owned(), words.to_owned())).collect()
}
