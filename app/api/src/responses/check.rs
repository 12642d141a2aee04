//! From an [`Item`] that may say anything to a [`Response`] that cannot hold a bad value.

use uuid::Version;

use super::{Item, ItemAnswer};
use domain::{
    heartbeat::LAST_SEQ,
    id::QuestionId,
    lang::LanguageTag,
    response::{Answer, Channel, Given, Response, Timing},
    survey::{Question, SurveyVersion, kinds::InvalidValue},
    time::{HOUR, Millis},
};

/// Why an item can never be stored. The words at the beginning are stable; the rest is for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// It is not a response at all.
    #[error("malformed: {0}")]
    Malformed(String),
    /// Ids are UUIDv7, so that they sort by time.
    #[error("bad_id: the id must be a UUID of version 7")]
    BadId,
    /// Nobody published this version here.
    #[error("unknown_survey_version")]
    UnknownSurveyVersion,
    /// The version has no such question.
    #[error("unknown_question: {0}")]
    UnknownQuestion(QuestionId),
    /// A question may be answered once.
    #[error("duplicate_question: {0}")]
    DuplicateQuestion(QuestionId),
    /// The value is of another kind than the question, or missing.
    #[error("wrong_kind: {0}")]
    WrongKind(QuestionId),
    /// The value is not on the scale.
    #[error("out_of_range: {0}")]
    OutOfRange(QuestionId),
    /// The question has no such option, or the option stands there twice.
    #[error("unknown_option: {0}")]
    UnknownOption(QuestionId),
    /// One option was asked for, several came.
    #[error("too_many_options: {0}")]
    TooManyOptions(QuestionId),
    /// Nothing was said.
    #[error("no_answers")]
    NoAnswers,
    /// Neither the survey nor the venue speaks this language.
    #[error("unknown_language: {0}")]
    UnknownLanguage(LanguageTag),
    /// A kiosk token does not deliver this channel.
    #[error("wrong_channel: {}", .0.as_str())]
    WrongChannel(Channel),
    /// No witness of its time can be believed ([`domain::response::timing`]), and no tablet vouches for it either.
    #[error("clock: the time lies in the future or too far in the past")]
    Clock,
}

impl Rejection {
    fn of(question: QuestionId, wrong: InvalidValue) -> Self {
        match wrong {
            InvalidValue::WrongKind => Self::WrongKind(question),
            InvalidValue::OutOfRange => Self::OutOfRange(question),
            InvalidValue::UnknownOption => Self::UnknownOption(question),
            InvalidValue::TooManyOptions => Self::TooManyOptions(question),
        }
    }
}

/// A longer visit was not one visit.
const LONGEST: Millis = HOUR;

/// Checks an item against the version that it names.
///
/// # Errors
/// The first rule that does not hold.
pub fn check(item: Item, survey: &SurveyVersion) -> Result<Response, Rejection> {
    if item.id.0.get_version() != Some(Version::SortRand) {
        return Err(Rejection::BadId);
    }
    if item.survey_version != survey.version {
        return Err(Rejection::UnknownSurveyVersion);
    }
    let mut answers: Vec<Answer> = Vec::with_capacity(item.answers.len());
    for answer in item.answers {
        let id = answer.question;
        let question = survey.question(id).ok_or(Rejection::UnknownQuestion(id))?;
        if answers.iter().any(|earlier| earlier.question == id) {
            return Err(Rejection::DuplicateQuestion(id));
        }
        answers.push(Answer { question: id, given: given(answer, question)? });
    }
    if answers.iter().all(|answer| answer.given == Given::Skipped) {
        return Err(Rejection::NoAnswers);
    }
    Ok(Response {
        id: item.id,
        survey_version: item.survey_version,
        event: item.event,
        channel: item.channel,
        lang: item.lang,
        segment: item.segment,
        assisted: item.assisted,
        end: item.end,
        demo: item.demo,
        timing: Timing {
            answered_at: item.answered_at,
            offset_ms: item.offset_ms,
            age_ms: item.age_ms.filter(|age| *age >= 0),
            duration_ms: item.duration_ms.filter(|duration| (0..=LONGEST).contains(duration)),
        },
        pairing: item.pairing,
        // It only shows gaps: a response is not refused because its number is nonsense.
        seq: item.seq.filter(|seq| (1..=LAST_SEQ).contains(seq)),
        may_quote: item.may_quote && answers.iter().any(|answer| matches!(answer.given, Given::Text(_))),
        answers,
    })
}

fn given(answer: ItemAnswer, question: &Question) -> Result<Given, Rejection> {
    let id = question.id;
    let value = match (answer.skipped, answer.value) {
        (true, None) => return Ok(Given::Skipped),
        (false, Some(value)) => value,
        _ => return Err(Rejection::WrongKind(id)),
    };
    question.kind.read(value).map_err(|wrong| Rejection::of(id, wrong))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::fixtures::{question, survey};
    use domain::survey::kinds::text::is_harmful;

    fn item(answers: Value) -> Item {
        let item = json!({"id": "01890000-0000-7000-8000-000000000001", "survey_version": survey().version, "lang": "fi",
                          "answered_at": 0, "answers": answers});
        serde_json::from_value(item).unwrap()
    }

    fn checked(answers: Value) -> Result<Vec<Given>, Rejection> {
        check(item(answers), &survey())
            .map(|response| response.answers.into_iter().map(|answer| answer.given).collect())
    }

    #[test]
    fn good_answers_become_values() {
        let answers = json!([
            {"question": question(0), "value": 5},
            {"question": question(1), "skipped": true},
            {"question": question(2), "value": ["queue", "sound"]},
            {"question": question(3), "value": " \n"},
            {"question": question(4), "value": 4},
        ]);
        let choice = Given::Choice(vec!["sound".into(), "queue".into()]);
        assert_eq!(checked(answers), Ok(vec![Given::Face(5), Given::Skipped, choice, Given::Skipped, Given::Scale(4)]));
    }

    #[test]
    fn an_answer_is_a_value_or_skipped_and_not_both() {
        for answer in [json!({"question": question(0)}), json!({"question": question(0), "value": 5, "skipped": true})]
        {
            assert_eq!(checked(json!([answer])), Err(Rejection::WrongKind(question(0))));
        }
    }

    #[test]
    fn an_option_counts_once() {
        let twice = json!([{"question": question(2), "value": ["seat", "seat"]}]);
        assert_eq!(checked(twice), Err(Rejection::UnknownOption(question(2))));
    }

    fn anything() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,20}".prop_map(Value::from),
        ];
        leaf.prop_recursive(2, 8, 4, |inner| proptest::collection::vec(inner, 0..4).prop_map(Value::from))
    }

    proptest! {
        #[test]
        fn whatever_comes_is_checked_without_a_panic(place in 0_u128..6, value in anything(), skipped in any::<bool>()) {
            let item = item(json!([{"question": question(place), "value": value, "skipped": skipped}]));
            if let Ok(response) = check(item, &survey()) {
                for answer in response.answers {
                    match answer.given {
                        Given::Face(value) => prop_assert!((1..=5).contains(&value)),
                        Given::Nps(value) => prop_assert!(value <= 10),
                        Given::Scale(value) => prop_assert!((1..=5).contains(&value)),
                        Given::Choice(keys) => prop_assert!(!keys.is_empty() && keys.len() <= 3),
                        Given::Text(text) => prop_assert!(!text.trim().is_empty() && text.chars().count() <= 2_000 && !text.chars().any(is_harmful)),
                        Given::Skipped => {}
                    }
                }
            }
        }
    }

    #[test]
    fn only_time_ordered_ids_are_taken() {
        let item = Item { id: Uuid::from_u128(1).into(), ..item(json!([{"question": question(0), "value": 5}])) };
        assert_eq!(check(item, &survey()).map(|_| ()), Err(Rejection::BadId));
    }
}
