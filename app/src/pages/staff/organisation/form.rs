//! The languages as they are chosen in the form.

use domain::{
    lang::{Lang, LanguageTag},
    organisation_settings::OrganisationSettings,
};

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguagesForm {
    /// the boxes, and whether they are ticked
    pub boxes: Vec<(LanguageTag, bool)>,
    /// tags with commas between them, as typed
    pub add: String,
    /// the language in which visitors are greeted
    pub default: LanguageTag,
}

/// What is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguagesErrors {
    /// the first that is no language tag
    pub add: Option<String>,
    /// whether the default is none of the chosen ones
    pub default: bool,
    /// whether what was typed is no number of months
    pub months: bool,
}

/// What stands in the fields about comments and surveys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsForm {
    /// as typed
    pub comment_months: String,
    /// whether viewers read comments
    pub viewers_read_comments: bool,
    /// the id of the survey that new events ask; empty: that of their venue
    pub survey: String,
}

impl SettingsForm {
    /// The fields of what is decided.
    #[must_use]
    pub fn of(settings: &OrganisationSettings) -> Self {
        Self {
            comment_months: settings.comment_months.map(|months| months.to_string()).unwrap_or_default(),
            viewers_read_comments: settings.viewers_read_comments,
            survey: settings.survey.map(|survey| survey.0.to_string()).unwrap_or_default(),
        }
    }
}

impl LanguagesForm {
    /// The fields of these languages, the default first. Those of the screens can always be chosen.
    #[must_use]
    pub fn of(languages: &[LanguageTag]) -> Self {
        let screens = Lang::ALL.map(LanguageTag::from);
        let more = screens.into_iter().filter(|tag| !languages.contains(tag));
        let boxes = languages.iter().map(|tag| (*tag, true)).chain(more.map(|tag| (tag, false))).collect();
        Self { boxes, add: String::new(), default: languages.first().copied().unwrap_or_default() }
    }

    /// What is chosen, the default first.
    ///
    /// # Errors
    /// What is wrong.
    pub fn languages(&self) -> Result<Vec<LanguageTag>, LanguagesErrors> {
        let mut chosen: Vec<LanguageTag> =
            self.boxes.iter().filter(|(_, ticked)| *ticked).map(|(tag, _)| *tag).collect();
        let mut errors = LanguagesErrors::default();
        for typed in self.add.split(',').map(str::trim).filter(|typed| !typed.is_empty()) {
            match typed.parse() {
                Ok(tag) if chosen.contains(&tag) => {}
                Ok(tag) => chosen.push(tag),
                Err(_) => errors.add = errors.add.or_else(|| Some(typed.to_owned())),
            }
        }
        errors.default = !chosen.contains(&self.default);
        if errors != LanguagesErrors::default() {
            return Err(errors);
        }
        chosen.sort_by_key(|tag| *tag != self.default);
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(tags: &[&str]) -> Vec<LanguageTag> {
        tags.iter().map(|tag| tag.parse().unwrap()).collect()
    }

    #[test]
    fn what_is_chosen_has_its_default_first() {
        let mut form = LanguagesForm::of(&tags(&["sv", "ar"]));
        assert_eq!(form.languages(), Ok(tags(&["sv", "ar"])));
        assert_eq!(form.boxes.iter().map(|(tag, _)| *tag).collect::<Vec<_>>(), tags(&["sv", "ar", "fi", "en"]));
        form.add = " SE , ar,,zh-hant ".to_owned();
        form.default = tags(&["ar"])[0];
        assert_eq!(form.languages(), Ok(tags(&["ar", "sv", "se", "zh-Hant"])));
    }

    #[test]
    fn what_cannot_be_chosen_is_said_at_its_field() {
        let mut form = LanguagesForm::of(&tags(&["fi"]));
        form.add = "se, arabian kieli, x y".to_owned();
        let wrong = LanguagesErrors { add: Some("arabian kieli".to_owned()), ..Default::default() };
        assert_eq!(form.languages(), Err(wrong));
        form.add.clear();
        form.boxes[0].1 = false;
        assert_eq!(form.languages(), Err(LanguagesErrors { default: true, ..Default::default() }));
    }
}
