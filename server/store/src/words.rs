//! Words by name, as columns of the organisation keep them.

use std::collections::BTreeMap;

use domain::{
    id::SurveyId,
    look::{Look, Part},
    notices::{Notice, Notices},
    organisation_settings::OrganisationSettings,
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

const MONTHS: &str = "comment_months";
const VIEWERS: &str = "viewers_read_comments";
const SURVEY: &str = "survey";
const NO: &str = "no";

pub(crate) fn organisation_settings(words: &Words) -> Result<OrganisationSettings, StoreError> {
    let months = words.get(MONTHS).map_or("", String::as_str);
    let comment_months =
        OrganisationSettings::months(months).map_err(|_| StoreError::unknown_word("number of months", months))?;
    let survey = words.get(SURVEY).map(|word| word.parse().map_err(|_| StoreError::unknown_word("survey", word)));
    Ok(OrganisationSettings {
        comment_months,
        viewers_read_comments: words.get(VIEWERS).is_none_or(|word| word != NO),
        survey: survey.transpose()?.map(SurveyId),
    })
}

pub(crate) fn words_of_settings(settings: &OrganisationSettings) -> Words {
    let OrganisationSettings { comment_months, viewers_read_comments, survey } = settings;
    let words = [
        comment_months.map(|months| (MONTHS, months.to_string())),
        (!viewers_read_comments).then(|| (VIEWERS, NO.to_owned())),
        survey.map(|survey| (SURVEY, survey.0.to_string())),
    ];
    words.into_iter().flatten().map(|(name, word)| (name.to_owned(), word)).collect()
}
