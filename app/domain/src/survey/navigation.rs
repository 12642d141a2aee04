//! The way through a survey: which questions are asked, in view of what was answered.

use super::{Answer, Question, ShowIf, SurveyVersion};
use crate::id::QuestionId;

impl SurveyVersion {
    /// Whether a question is asked, after what was given to the scales before it. A question whose
    /// condition hangs on one that was itself not asked is not asked either.
    pub fn is_asked(&self, question: &Question, given: &impl Fn(QuestionId) -> Option<u8>) -> bool {
        let Some(condition) = &question.show_if else { return true };
        let opens = given(condition.question).is_some_and(|value| condition.values.contains(&value));
        // Conditions point backwards only (`check`), so that this ends.
        let earlier = self.questions.iter().take_while(|other| other.id != question.id);
        opens && earlier.filter(|other| other.id == condition.question).all(|other| self.is_asked(other, given))
    }

    /// The questions that are asked, given what was answered so far, in order. What was once
    /// answered to a question that is not asked any more opens nothing.
    #[must_use]
    pub fn visible(&self, answers: &[Answer]) -> Vec<&Question> {
        self.questions.iter().filter(|question| self.is_asked(question, &|id| scale_value(answers, id))).collect()
    }

    /// The question that comes after another one (or the first), given what was answered so far;
    /// `None` at the end.
    #[must_use]
    pub fn next_question(&self, answers: &[Answer], after: Option<QuestionId>) -> Option<&Question> {
        let place = match after {
            None => 0,
            Some(after) => self.questions.iter().position(|question| question.id == after)? + 1,
        };
        let visible = self.visible(answers);
        self.questions[place..].iter().find(|question| visible.iter().any(|shown| shown.id == question.id))
    }

    /// How many questions a visitor will see at most, given what was answered so far: those that
    /// are asked, and of those that still depend on an open question the most that one answer opens.
    #[must_use]
    pub fn most_steps(&self, answers: &[Answer]) -> usize {
        let visible = self.visible(answers);
        let open: usize = visible
            .iter()
            .filter(|question| !answers.iter().any(|answer| answer.question == question.id))
            .filter_map(|question| {
                let opened_by = |value| {
                    let opens =
                        |condition: &ShowIf| condition.question == question.id && condition.values.contains(&value);
                    self.questions.iter().filter(|other| other.show_if.as_ref().is_some_and(opens)).count()
                };
                question.kind.numbers()?.map(opened_by).max()
            })
            .sum();
        visible.len() + open
    }
}

fn scale_value(answers: &[Answer], question: QuestionId) -> Option<u8> {
    answers.iter().find(|answer| answer.question == question).and_then(|answer| answer.given.number())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::SurveyVersionId,
        lang::Text,
        survey::{
            ChoiceOption, ChoiceQuestion, FaceQuestion, FaceSet, Given, Kind, NpsQuestion, Series, TextQuestion, check,
        },
    };

    fn id(n: u128) -> QuestionId {
        QuestionId(Uuid::from_u128(n))
    }

    fn question(n: u128, kind: Kind, show_if: Option<(u128, &[u8])>) -> Question {
        Question {
            id: id(n),
            series: Series::Show,
            text: Text::same("?"),
            kind,
            show_if: show_if.map(|(n, values)| ShowIf { question: id(n), values: values.to_vec() }),
        }
    }

    /// A face, why it was bad (and after that how bad), why it was good, a comment.
    fn survey() -> SurveyVersion {
        let face = || Kind::Face(FaceQuestion { faces: 5, face_set: FaceSet::Adult, labels: vec![Text::same("w"); 5] });
        let choice = || {
            Kind::Choice(ChoiceQuestion {
                options: vec![ChoiceOption { key: "queue".into(), text: Text::same("queue") }],
                many: true,
            })
        };
        let questions = vec![
            question(1, face(), None),
            question(2, Kind::Nps(NpsQuestion { labels: vec![Text::same("e"); 2] }), Some((1, &[1, 2]))),
            question(3, choice(), Some((2, &[0, 1]))),
            question(4, choice(), Some((1, &[4, 5]))),
            question(5, Kind::Text(TextQuestion {}), None),
        ];
        assert_eq!(check(&questions), Ok(()));
        SurveyVersion { version: SurveyVersionId(Uuid::nil()), questions }
    }

    fn seen(answers: &[Answer]) -> Vec<u128> {
        survey().visible(answers).iter().map(|question| question.id.0.as_u128()).collect()
    }

    fn said(n: u128, given: Given) -> Answer {
        Answer { question: id(n), given }
    }

    #[test]
    fn a_question_survives_the_journey() {
        let sent = serde_json::to_string(&survey()).unwrap();
        assert_eq!(serde_json::from_str::<SurveyVersion>(&sent).unwrap(), survey());
        let child = r#"{"id":"00000000-0000-0000-0000-000000000001","series":"child","text":{"fi":"a","sv":"b","en":"c"},
            "kind":"face","faces":4,"face_set":"child","labels":[]}"#;
        let child: Question = serde_json::from_str(child).unwrap();
        assert_eq!(child.kind, Kind::Face(FaceQuestion { faces: 4, face_set: FaceSet::Child, labels: Vec::new() }));
        for wrong in [r#""kind":"song""#, r#""kind":"face","labels":[]"#, r#""kind":"nps""#, r#""kind":"choice""#] {
            let text =
                r#"{"id":"00000000-0000-0000-0000-000000000001","series":"show","text":{"fi":"","sv":"","en":""},"#;
            assert!(serde_json::from_str::<Question>(&[text, wrong, "}"].concat()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_unhappy_and_the_happy_see_different_questions() {
        assert_eq!(seen(&[]), [1, 5]);
        assert_eq!(seen(&[said(1, Given::Face(1))]), [1, 2, 5]);
        assert_eq!(seen(&[said(1, Given::Face(3))]), [1, 5]);
        assert_eq!(seen(&[said(1, Given::Face(5))]), [1, 4, 5]);
        assert_eq!(seen(&[said(1, Given::Skipped)]), [1, 5]);
    }

    #[test]
    fn an_answer_to_a_question_that_is_not_asked_any_more_opens_nothing() {
        let worst = said(2, Given::Nps(0));
        assert_eq!(seen(&[said(1, Given::Face(1)), worst.clone()]), [1, 2, 3, 5]);
        assert_eq!(seen(&[said(1, Given::Face(5)), worst]), [1, 4, 5]);
    }

    #[test]
    fn the_next_question_skips_what_is_not_asked() {
        let survey = survey();
        let happy = [said(1, Given::Face(4))];
        let next = |answers: &[Answer], after| survey.next_question(answers, after).map(|question| question.id);
        assert_eq!(next(&[], None), Some(id(1)));
        assert_eq!(next(&happy, Some(id(1))), Some(id(4)));
        assert_eq!(next(&happy, Some(id(4))), Some(id(5)));
        assert_eq!(next(&happy, Some(id(5))), None);
        assert_eq!(next(&happy, Some(id(9))), None, "an unknown question has no successor");
    }

    #[test]
    fn progress_promises_no_fewer_questions_than_come() {
        let survey = survey();
        assert_eq!(survey.most_steps(&[]), 3);
        assert_eq!(survey.most_steps(&[said(1, Given::Face(3))]), 2);
        assert_eq!(survey.most_steps(&[said(1, Given::Face(1))]), 4);
        assert_eq!(survey.most_steps(&[said(1, Given::Face(1)), said(2, Given::Nps(9))]), 3);
    }

    #[test]
    fn a_question_behind_one_that_is_not_asked_is_not_asked() {
        let question = |number, show_if: Option<(u128, u8)>| Question {
            id: id(number),
            series: Series::Show,
            text: Text::same("?"),
            kind: Kind::Nps(NpsQuestion { labels: vec![Text::default(), Text::default()] }),
            show_if: show_if.map(|(question, value)| ShowIf { question: id(question), values: vec![value] }),
        };
        let questions = vec![question(1, None), question(2, Some((1, 3))), question(3, Some((2, 7)))];
        assert_eq!(check(&questions), Ok(()));
        let survey = SurveyVersion { version: SurveyVersionId(Uuid::nil()), questions };
        let asked = |given: &[(u128, u8)]| -> Vec<bool> {
            let given = |question| given.iter().find(|(number, _)| id(*number) == question).map(|(_, value)| *value);
            survey.questions.iter().map(|question| survey.is_asked(question, &given)).collect()
        };
        assert_eq!(asked(&[]), [true, false, false]);
        assert_eq!(asked(&[(1, 3)]), [true, true, false]);
        assert_eq!(asked(&[(1, 3), (2, 7)]), [true, true, true]);
        assert_eq!(asked(&[(1, 4), (2, 7)]), [true, false, false], "what was given while it was asked counts no more");
    }
}
