//! A published list of questions, and what a reader or a screen is asked of it.

use serde::{Deserialize, Serialize};

use super::Question;
use crate::{
    id::{QuestionId, SurveyVersionId},
    lang::{Lang, LanguageTag, Text},
};

/// A published list of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyVersion {
    /// which version this is
    pub version: SurveyVersionId,
    /// in the order in which they are asked
    pub questions: Vec<Question>,
}

impl SurveyVersion {
    /// Whether a question is written in this language.
    #[must_use]
    pub fn speaks(&self, tag: LanguageTag) -> bool {
        self.questions.iter().any(|question| question.text.languages().any(|other| other == tag))
    }

    /// The words of its first question in this language, or in the same one said less precisely: under which tag they
    /// stand. `None` where a question has none.
    fn written_in(&self, tag: LanguageTag) -> Option<LanguageTag> {
        let mut found = self.questions.iter().map(|question| question.text.nearest(tag).map(|(found, _)| found));
        let first = found.next()?;
        if found.all(|found| found.is_some()) { first } else { None }
    }

    /// In which of these languages, those of a venue, it can be asked, in their order: those in which every question
    /// is written, without one that would only repeat another. Where it is written in none of them, all of them: what
    /// there is must be asked. Never empty.
    #[must_use]
    pub fn languages_among(&self, spoken: &[LanguageTag]) -> Vec<LanguageTag> {
        let (mut offered, mut found) = (Vec::new(), Vec::new());
        for tag in spoken {
            if let Some(written) = self.written_in(*tag).filter(|written| !found.contains(written)) {
                found.push(written);
                offered.push(*tag);
            }
        }
        if offered.is_empty() {
            offered.extend(spoken);
        }
        if offered.is_empty() {
            offered.extend(Lang::ALL.map(LanguageTag::from));
        }
        offered
    }

    /// All that visitors read, to be changed: a published version stays as it is, but a reader may be sent less of it.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.questions
            .iter_mut()
            .flat_map(|question| std::iter::once(&mut question.text).chain(question.kind.words_mut()))
    }

    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// What a screen asks that draws only some kinds of questions (the words of [`Kind::as_str`](crate::survey::kinds::Kind::as_str)): the
    /// others are left out, with every question that is asked only after one of them.
    #[must_use]
    pub fn with_kinds(&self, words: &[&str]) -> Self {
        let mut questions: Vec<Question> = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let is_reachable = question
                .show_if
                .as_ref()
                .is_none_or(|condition| questions.iter().any(|earlier| earlier.id == condition.question));
            if is_reachable && words.contains(&question.kind.as_str()) {
                questions.push(question.clone());
            }
        }
        Self { version: self.version, questions }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_is_asked_in_what_it_is_written_in() {
        let tags = |tags: &[&str]| tags.iter().map(|tag| tag.parse().unwrap()).collect::<Vec<LanguageTag>>();
        let mut survey = crate::fixtures::survey();
        survey.questions.iter_mut().for_each(|question| question.text.set(tags(&["ar"])[0], "\u{643}\u{64a}\u{641}"));
        survey.questions[0].text.set(tags(&["se"])[0], "Mo manai?");
        for (spoken, offered) in [
            (&["sv", "fi", "ar"][..], &["sv", "fi", "ar"][..]),
            (&["fi", "se"], &["fi"]),
            (&["fi", "sv-FI", "sv"], &["fi", "sv-FI"]),
            (&["de", "se"], &["de", "se"]),
            (&[], &["fi", "sv", "en"]),
        ] {
            assert_eq!(survey.languages_among(&tags(spoken)), tags(offered), "{spoken:?}");
        }
    }
}
