//! One visitor's way through a survey on a screen that asks one question at a time.

use super::{
    id::{QuestionId, ResponseId},
    response::{Answer, Given},
    survey::{Question, SurveyVersion, kinds::text::clean},
    time::Millis,
};

/// One visitor's way through a survey. It begins before the first tap, so that the first question
/// can be answered at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// the question on the screen; the first one where `None`
    at: Option<QuestionId>,
    answers: Vec<Answer>,
    may_quote: bool,
    begun: Option<Begun>,
}

/// The first answer, and the last tap so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// made at the first tap
    pub id: ResponseId,
    /// the device's clock at the first tap
    pub first_tap: Millis,
    /// the device's clock at the last tap
    pub last_tap: Millis,
}

impl Visit {
    /// The question on the screen.
    #[must_use]
    pub fn question<'a>(&self, survey: &'a SurveyVersion) -> Option<&'a Question> {
        match self.at {
            Some(at) => survey.question(at),
            None => survey.questions.first(),
        }
    }

    /// Whether the screen still waits for somebody.
    #[must_use]
    pub const fn is_untouched(&self) -> bool {
        self.begun.is_none() && self.at.is_none()
    }

    /// Whether the first question is on the screen before any other was.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        self.at.is_none()
    }

    /// When it began and what it is called; `None` until something was answered.
    #[must_use]
    pub const fn begun(&self) -> Option<Begun> {
        self.begun
    }

    /// What was said to a question so far.
    #[must_use]
    pub fn given(&self, question: QuestionId) -> Option<&Given> {
        self.answers.iter().find(|answer| answer.question == question).map(|answer| &answer.given)
    }

    /// Writes down what was said to a question, in place of what was said before. `id` is asked for
    /// a name only at the first real answer.
    pub fn answer(&mut self, question: QuestionId, given: Given, now: Millis, id: impl FnOnce() -> ResponseId) {
        if given != Given::Skipped || self.begun.is_some() {
            let begun = self.begun.get_or_insert_with(|| Begun { id: id(), first_tap: now, last_tap: now });
            begun.last_tap = now;
        }
        self.answers.retain(|answer| answer.question != question);
        let taken_back = matches!(&given, Given::Choice(keys) if keys.is_empty());
        if !taken_back {
            self.answers.push(Answer { question, given });
        }
    }

    /// Whether what was written may be quoted.
    #[must_use]
    pub const fn may_quote(&self) -> bool {
        self.may_quote
    }

    /// Ticks that what was written may be quoted, or takes it back.
    pub const fn set_may_quote(&mut self, may_quote: bool) {
        self.may_quote = may_quote;
    }

    /// Picks one of many options, or takes it back.
    pub fn toggle(&mut self, question: QuestionId, key: &str, now: Millis, id: impl FnOnce() -> ResponseId) {
        let mut keys = match self.given(question) {
            Some(Given::Choice(keys)) => keys.clone(),
            _ => Vec::new(),
        };
        let before = keys.len();
        keys.retain(|picked| picked != key);
        if keys.len() == before {
            keys.push(key.to_owned());
        }
        self.answer(question, Given::Choice(keys), now, id);
    }

    /// Moves on. False at the end: nothing more is asked.
    pub fn go_on(&mut self, survey: &SurveyVersion) -> bool {
        let here = self.question(survey).map(|question| question.id);
        let next = survey.next_question(&self.answers, here).map(|question| question.id);
        if next.is_some() {
            self.at = next;
        }
        next.is_some()
    }

    /// Moves back by one. False at the first question.
    pub fn go_back(&mut self, survey: &SurveyVersion) -> bool {
        let here = self.question(survey).map(|question| question.id);
        let visible = survey.visible(&self.answers);
        let place = visible.iter().position(|question| Some(question.id) == here).unwrap_or(0);
        let earlier = place.checked_sub(1).and_then(|place| visible.get(place));
        if let Some(question) = earlier {
            self.at = Some(question.id);
        }
        earlier.is_some()
    }

    /// Whether nothing is asked after the question on the screen.
    #[must_use]
    pub fn is_last(&self, survey: &SurveyVersion) -> bool {
        let here = self.question(survey).map(|question| question.id);
        survey.next_question(&self.answers, here).is_none()
    }

    /// Which question of how many is on the screen, from 1.
    #[must_use]
    pub fn progress(&self, survey: &SurveyVersion) -> (usize, usize) {
        let here = self.question(survey).map(|question| question.id);
        let visible = survey.visible(&self.answers);
        let at = visible.iter().position(|question| Some(question.id) == here).unwrap_or(0) + 1;
        (at, survey.most_steps(&self.answers).max(at))
    }

    /// What was said in the end: the answers to questions that are still asked, in the order of the
    /// survey; comments are cleaned. Empty where nothing was said at all.
    #[must_use]
    pub fn answers(&self, survey: &SurveyVersion) -> Vec<Answer> {
        let said: Vec<Answer> = survey
            .visible(&self.answers)
            .into_iter()
            .filter_map(|question| self.answers.iter().find(|answer| answer.question == question.id))
            .map(cleaned)
            .collect();
        if said.iter().all(|answer| answer.given == Given::Skipped) { Vec::new() } else { said }
    }
}

/// A comment without what does not belong into it; an empty one was passed over.
fn cleaned(answer: &Answer) -> Answer {
    let given = match &answer.given {
        Given::Text(typed) => clean(typed).map_or(Given::Skipped, Given::Text),
        given => given.clone(),
    };
    Answer { question: answer.question, given }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::SurveyVersionId,
        lang::Text,
        survey::{FaceQuestion, FaceSet, Kind, NpsQuestion, Series, ShowIf, TextQuestion},
    };

    fn id(n: u128) -> QuestionId {
        QuestionId(Uuid::from_u128(n))
    }

    /// A face, a comment for the unhappy, a recommendation.
    fn survey() -> SurveyVersion {
        let question =
            |n, kind, show_if| Question { id: id(n), series: Series::Show, text: Text::same("?"), kind, show_if };
        let face = Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Adult, labels: vec![Text::same("w"); 5] });
        let unhappy = ShowIf { question: id(1), values: vec![1, 2] };
        SurveyVersion {
            version: SurveyVersionId(Uuid::nil()),
            questions: vec![
                question(1, face, None),
                question(2, Kind::Text(TextQuestion {}), Some(unhappy)),
                question(3, Kind::Nps(NpsQuestion { labels: vec![Text::same("e"); 2] }), None),
            ],
        }
    }

    fn name(n: u128) -> impl FnOnce() -> ResponseId {
        move || ResponseId(Uuid::from_u128(n))
    }

    #[test]
    fn a_change_of_mind_takes_the_follow_up_along() {
        let survey = survey();
        let mut visit = Visit::default();
        assert!(visit.is_untouched());
        visit.answer(id(1), Given::Face(1), 100, name(7));
        assert_eq!(visit.progress(&survey), (1, 3));
        assert!(visit.go_on(&survey));
        visit.answer(id(2), Given::Text("cold".into()), 200, name(8));
        assert!(visit.go_back(&survey) && !visit.go_back(&survey));
        visit.answer(id(1), Given::Face(5), 300, name(9));
        assert!(visit.go_on(&survey));
        assert_eq!(visit.question(&survey).map(|question| question.id), Some(id(3)));
        assert_eq!(visit.progress(&survey), (2, 2));
        visit.answer(id(3), Given::Skipped, 400, name(10));
        assert!(!visit.go_on(&survey));
        let begun = Begun { id: ResponseId(Uuid::from_u128(7)), first_tap: 100, last_tap: 400 };
        assert_eq!(visit.begun(), Some(begun), "the id is made once, at the first tap");
        let sent = visit.answers(&survey);
        assert_eq!(sent.iter().map(|answer| answer.question).collect::<Vec<_>>(), [id(1), id(3)]);
        assert_eq!((&sent[0].given, &sent[1].given), (&Given::Face(5), &Given::Skipped));
    }

    #[test]
    fn what_was_picked_can_be_taken_back() {
        let mut visit = Visit::default();
        visit.toggle(id(1), "queue", 1, name(7));
        visit.toggle(id(1), "sound", 2, name(8));
        visit.toggle(id(1), "queue", 3, name(9));
        assert_eq!(visit.given(id(1)), Some(&Given::Choice(vec!["sound".into()])));
        visit.toggle(id(1), "sound", 4, name(9));
        assert_eq!(visit.given(id(1)), None);
    }

    #[test]
    fn a_comment_is_cleaned_as_it_leaves() {
        let left = |typed: &str| cleaned(&Answer { question: id(2), given: Given::Text(typed.into()) }).given;
        assert_eq!(left("  kiitos\u{7} "), Given::Text("kiitos".into()));
        assert_eq!(left(" \n "), Given::Skipped);
    }

    #[test]
    fn passing_over_everything_is_no_response() {
        let survey = survey();
        let mut visit = Visit::default();
        visit.answer(id(1), Given::Skipped, 1, name(7));
        assert!(visit.go_on(&survey) && !visit.is_untouched());
        visit.answer(id(3), Given::Skipped, 2, name(7));
        assert_eq!((visit.begun(), visit.answers(&survey)), (None, Vec::new()));
    }
}
