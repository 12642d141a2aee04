//! What is asked. A published version never changes, and answers belong to a version.

use serde::{Deserialize, Serialize};

use super::{
    id::{QuestionId, SurveyVersionId},
    lang::Text,
    nps::Nps,
    response::{Answer, Given},
};

/// A published list of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SurveyVersion {
    /// which version this is
    pub version: SurveyVersionId,
    /// in the order in which they are asked
    pub questions: Vec<Question>,
}

impl SurveyVersion {
    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

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
                question.kind.scale()?.map(opened_by).max()
            })
            .sum();
        visible.len() + open
    }
}

fn scale_value(answers: &[Answer], question: QuestionId) -> Option<u8> {
    answers.iter().find(|answer| answer.question == question).and_then(|answer| match answer.given {
        Given::Face(value) | Given::Nps(value) => Some(value),
        Given::Choice(_) | Given::Text(_) | Given::Skipped => None,
    })
}

/// One question of a survey version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(try_from = "flat::Flat")]
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

/// Reading a question with all its possible fields side by side. `flatten` and `tag` would do the
/// same through a buffer for any value, whose code weighs more on the tablet than the whole outbox.
mod flat {
    use serde::Deserialize;

    use super::{ChoiceOption, FaceSet, Kind, Question, QuestionId, Series, ShowIf, Text};

    #[derive(Deserialize)]
    pub(super) struct Flat {
        id: QuestionId,
        series: Series,
        text: Text,
        kind: String,
        #[serde(default)]
        faces: Option<u8>,
        #[serde(default)]
        face_set: FaceSet,
        #[serde(default)]
        labels: Option<Vec<Text>>,
        #[serde(default)]
        options: Option<Vec<ChoiceOption>>,
        #[serde(default)]
        many: bool,
        #[serde(default)]
        show_if: Option<ShowIf>,
    }

    impl TryFrom<Flat> for Question {
        type Error = &'static str;

        fn try_from(flat: Flat) -> Result<Self, Self::Error> {
            let labels = flat.labels.ok_or("a scale needs labels");
            let kind = match flat.kind.as_str() {
                "face" => Kind::Face {
                    faces: flat.faces.ok_or("a face question needs faces")?,
                    face_set: flat.face_set,
                    labels: labels?,
                },
                "nps" => Kind::Nps { labels: labels? },
                "choice" => Kind::Choice { options: flat.options.ok_or("a choice needs options")?, many: flat.many },
                "text" => Kind::Text {},
                _ => return Err("the kind must be face, nps, choice or text"),
            };
            Ok(Self { id: flat.id, series: flat.series, text: flat.text, kind, show_if: flat.show_if })
        }
    }
}

/// The measure that a question feeds over the years. Series are never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Series {
    /// about the show just seen
    Show,
    /// about the organisation as a whole
    Organisation,
    /// asked of children, with faces of their own
    Child,
}

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// Faces, from 1 (worst, left) to `faces` (best, right).
    Face {
        /// how many: 4 or 5
        faces: u8,
        /// how they are drawn
        face_set: FaceSet,
        /// the word under each face, from the left; as many as faces
        labels: Vec<Text>,
    },
    /// 0 to 10: how likely to recommend.
    Nps {
        /// the words at the low and the high end
        labels: Vec<Text>,
    },
    /// One or many of a few options.
    Choice {
        /// at most [`Kind::MAX_OPTIONS`]
        options: Vec<ChoiceOption>,
        /// whether several may be picked
        many: bool,
    },
    /// Free text: a comment.
    Text {},
}

impl Kind {
    /// More reasons than this nobody reads standing in a foyer.
    pub const MAX_OPTIONS: usize = 6;

    /// The values that a scale allows; `None` where the question has no scale.
    #[must_use]
    pub fn scale(&self) -> Option<std::ops::RangeInclusive<u8>> {
        match self {
            Self::Face { faces, .. } => Some(1..=*faces),
            Self::Nps { .. } => Some(0..=Nps::MAX),
            Self::Choice { .. } | Self::Text {} => None,
        }
    }
}

/// How the faces are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FaceSet {
    /// from disappointed to delighted
    #[default]
    Adult,
    /// all on the happy side
    Child,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChoiceOption {
    /// never reused for another meaning
    pub key: String,
    /// what the visitor reads
    pub text: Text,
}

/// A question is asked only after certain answers to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
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
    /// Four or five faces, each with a word.
    #[error("question {0}: a face question has four or five faces, each with a word")]
    Faces(QuestionId),
    /// The two ends of the scale need words.
    #[error("question {0}: a recommendation question has a word for each end")]
    Ends(QuestionId),
    /// One to six options with different, plain keys.
    #[error("question {0}: a choice has one to six options with different keys (a letter, then a-z, 0-9, _)")]
    Options(QuestionId),
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
        match &question.kind {
            Kind::Face { faces, labels, .. } if !(4..=5).contains(faces) || labels.len() != usize::from(*faces) => {
                return Err(InvalidSurvey::Faces(question.id));
            }
            Kind::Nps { labels } if labels.len() != 2 => return Err(InvalidSurvey::Ends(question.id)),
            Kind::Choice { options, .. } if !plain_and_different(options) => {
                return Err(InvalidSurvey::Options(question.id));
            }
            _ => {}
        }
        if let Some(condition) = &question.show_if {
            let scale =
                earlier.iter().find(|other| other.id == condition.question).and_then(|other| other.kind.scale());
            let reachable = scale.is_some_and(|scale| {
                !condition.values.is_empty() && condition.values.iter().all(|v| scale.contains(v))
            });
            if !reachable {
                return Err(InvalidSurvey::Condition(question.id));
            }
        }
    }
    Ok(())
}

fn plain_and_different(options: &[ChoiceOption]) -> bool {
    let plain = |key: &str| {
        (1..=32).contains(&key.len())
            && key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    (1..=Kind::MAX_OPTIONS).contains(&options.len())
        && options
            .iter()
            .enumerate()
            .all(|(place, option)| plain(&option.key) && options[..place].iter().all(|other| other.key != option.key))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

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
        let face = || Kind::Face { faces: 5, face_set: FaceSet::Adult, labels: vec![Text::same("w"); 5] };
        let choice = || Kind::Choice {
            options: vec![ChoiceOption { key: "queue".into(), text: Text::same("queue") }],
            many: true,
        };
        let questions = vec![
            question(1, face(), None),
            question(2, Kind::Nps { labels: vec![Text::same("e"); 2] }, Some((1, &[1, 2]))),
            question(3, choice(), Some((2, &[0, 1]))),
            question(4, choice(), Some((1, &[4, 5]))),
            question(5, Kind::Text {}, None),
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
        assert_eq!(child.kind, Kind::Face { faces: 4, face_set: FaceSet::Child, labels: Vec::new() });
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
        let id = |number| QuestionId(uuid::Uuid::from_u128(number));
        let question = |number, show_if: Option<(u128, u8)>| Question {
            id: id(number),
            series: Series::Show,
            text: Text::same("?"),
            kind: Kind::Nps { labels: vec![Text::default(), Text::default()] },
            show_if: show_if.map(|(question, value)| ShowIf { question: id(question), values: vec![value] }),
        };
        let questions = vec![question(1, None), question(2, Some((1, 3))), question(3, Some((2, 7)))];
        assert_eq!(check(&questions), Ok(()));
        let survey = SurveyVersion { version: uuid::Uuid::nil().into(), questions };
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
