//! What the tablets of 0.1 can read. They know three languages: each text must have just these, and a list that names
//! another one makes the whole configuration unreadable to them.

use api::config::KioskConfig;
use domain::{
    lang::{Lang, LanguageTag, Text},
    survey::SurveyVersion,
};

/// Leaves nothing in a configuration but the three languages of the screens. A text that lacks one of them says there
/// what its reader would see of it anyway.
pub(super) fn in_three_languages(config: &mut KioskConfig) {
    let default = config.venue.languages.first().copied();
    let texts = config.surveys.iter_mut().flat_map(SurveyVersion::texts_mut);
    for text in config.events.iter_mut().map(|event| &mut event.title).chain(texts) {
        let words = |lang| text.find(lang, default).map_or("", |(_, words)| words);
        *text = Text::new(words(Lang::Fi), words(Lang::Sv), words(Lang::En));
    }
    config.venue.languages = config.venue.screen_langs().into_iter().map(LanguageTag::from).collect();
}
