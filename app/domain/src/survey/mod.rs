//! What is asked. A published version never changes, and answers belong to a version.
//!
//! - [`kinds`]: what the kinds of questions are, one file for each;
//! - `navigation`: which questions are asked, in view of what was answered;
//! - `fields`: how a question is read.

mod answer;
mod collection;
mod fields;
pub mod kinds;
mod navigation;

use serde::{Deserialize, Serialize};

use super::{
    id::{QuestionId, SurveyVersionId},
    lang::{Lang, LanguageTag, Text},
};

pub use self::{
    answer::Answer,
    collection::Collection,
    fields::QuestionFields,
    kinds::{
        ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Given, InvalidDefinition, Kind, NpsQuestion,
        ScaleQuestion, TextQuestion,
    },
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

    /// What a screen asks that draws only some kinds of questions (the words of [`Kind::as_str`]): the
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

/// One question of a survey version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "fields::QuestionFields")]
pub struct Question {
    /// survives from version to version while scale and meaning stay
    pub id: QuestionId,
    /// what trends follow
    pub series: Series,
    /// the question itself
    pub text: Text,
    /// the scale or the options
    #[serde(flatten)]
    pub kind: Kind,
    /// asked of everybody where absent
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<ShowIf>,
}

/// The measure that a question feeds over the years. Series are never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Series {
    /// about the show just seen
    Show,
    /// about the organisation as a whole
    Organisation,
    /// asked of children, with faces of their own
    Child,
}

/// A question is asked only after certain answers to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowIf {
    /// the earlier question, with a scale
    pub question: QuestionId,
    /// the answers after which this one is asked
    #[serde(rename = "in")]
    pub values: Vec<u8>,
}

/// Why a list of questions cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSurvey {
    /// There is nothing to answer.
    #[error("a survey needs at least one question")]
    Empty,
    /// Two questions share an id.
    #[error("question {0} stands there twice")]
    DuplicateQuestion(QuestionId),
    /// A question breaks a rule of its kind.
    #[error("question {0}: {1}")]
    Definition(QuestionId, InvalidDefinition),
    /// A condition that can never be met.
    #[error("question {0}: its condition must name an earlier question and values on its scale")]
    Condition(QuestionId),
}

/// Checks what publication promises to kiosks and tallies.
///
/// # Errors
/// The first rule that does not hold.
pub fn check(questions: &[Question]) -> Result<(), InvalidSurvey> {
    if questions.is_empty() {
        return Err(InvalidSurvey::Empty);
    }
    for (place, question) in questions.iter().enumerate() {
        let earlier = &questions[..place];
        if earlier.iter().any(|other| other.id == question.id) {
            return Err(InvalidSurvey::DuplicateQuestion(question.id));
        }
        question.kind.check().map_err(|wrong| InvalidSurvey::Definition(question.id, wrong))?;
        if let Some(condition) = &question.show_if {
            let numbers =
                earlier.iter().find(|other| other.id == condition.question).and_then(|other| other.kind.numbers());
            let reachable = numbers.is_some_and(|numbers| {
                !condition.values.is_empty() && condition.values.iter().all(|v| numbers.contains(v))
            });
            if !reachable {
                return Err(InvalidSurvey::Condition(question.id));
            }
        }
    }
    Ok(())
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
