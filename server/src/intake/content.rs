//! What makes two responses with one id "the same": a replay, or somebody else's answer.

use domain::{
    id::SurveyVersionId,
    lang::LanguageTag,
    response::{Answer, End, Given, Response, Segment},
};
use serde::Serialize;

/// The number of the form below. A change of the form is a new number, since hashes of the old one
/// stay in the store for as long as the responses do.
pub const FORM: i16 = 1;

/// What a visitor said, as canonical JSON (form [`FORM`]): survey version, language, segment, assisted, how it
/// ended, the answers sorted by question, and `may_quote`; keys in this order, no white space.
///
/// - `may_quote` is written only where it is true: ticking it later changes the answer, while the hashes of
///   responses from before the field existed stay what they were.
/// - Time, place and device are left out: they may differ between two honest deliveries.
#[must_use]
pub fn canonical(response: &Response) -> Vec<u8> {
    let mut answers: Vec<&Answer> = response.answers.iter().collect();
    answers.sort_by_key(|answer| answer.question);
    let form = Form {
        survey_version: response.survey_version,
        lang: response.lang,
        segment: response.segment,
        assisted: response.assisted,
        end: response.end,
        answers: answers.iter().map(|answer| (answer.question.0, &answer.given)).collect(),
        may_quote: response.may_quote,
    };
    // Plain numbers, strings and lists: the serialiser has nothing to refuse, and an empty form
    // would only make two such responses look alike.
    serde_json::to_vec(&form).unwrap_or_default()
}

#[derive(Serialize)]
struct Form<'a> {
    survey_version: SurveyVersionId,
    lang: LanguageTag,
    segment: Option<Segment>,
    assisted: bool,
    end: End,
    answers: Vec<(uuid::Uuid, &'a Given)>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    may_quote: bool,
}

#[cfg(test)]
mod tests {
    use domain::{
        id::{QuestionId, ResponseId},
        lang::Lang,
        response::{Channel, Timing},
    };
    use uuid::Uuid;

    use super::*;

    fn question(place: u128) -> QuestionId {
        QuestionId(Uuid::from_u128(100 + place))
    }

    fn response(answers: Vec<Answer>) -> Response {
        Response {
            id: ResponseId(Uuid::from_u128(7)),
            survey_version: SurveyVersionId(Uuid::from_u128(1)),
            event: None,
            channel: Channel::Kiosk,
            lang: Lang::Fi.into(),
            segment: None,
            assisted: false,
            end: End::Done,
            demo: false,
            timing: Timing::default(),
            pairing: None,
            seq: None,
            may_quote: false,
            answers,
        }
    }

    fn answers() -> Vec<Answer> {
        vec![
            Answer { question: question(0), given: Given::Face(5) },
            Answer { question: question(1), given: Given::Nps(9) },
        ]
    }

    #[test]
    fn two_honest_deliveries_are_the_same() {
        let first = response(answers());
        let timing = Timing { answered_at: 5, ..Timing::default() };
        let again = Response {
            timing,
            channel: Channel::Spoken,
            seq: Some(3),
            ..response(answers().into_iter().rev().collect())
        };
        assert_eq!(canonical(&first), canonical(&again), "time, place, device and order say nothing");
    }

    #[test]
    fn another_answer_is_another_content() {
        let first = canonical(&response(answers()));
        let others = [
            response(vec![answers()[0].clone()]),
            response(vec![Answer { question: question(0), given: Given::Face(4) }, answers()[1].clone()]),
            Response { lang: Lang::Sv.into(), ..response(answers()) },
            Response { assisted: true, ..response(answers()) },
            Response { end: End::Timeout, ..response(answers()) },
            Response { segment: Some(Segment::Child), ..response(answers()) },
            Response { may_quote: true, ..response(answers()) },
        ];
        assert!(others.iter().all(|other| canonical(other) != first));
    }

    #[test]
    fn the_form_is_not_changed_by_accident() {
        let form = String::from_utf8(canonical(&response(answers()))).unwrap();
        assert_eq!(
            form,
            "{\"survey_version\":\"00000000-0000-0000-0000-000000000001\",\"lang\":\"fi\",\"segment\":null,\
             \"assisted\":false,\"end\":\"done\",\"answers\":[[\"00000000-0000-0000-0000-000000000064\",{\"face\":5}],\
             [\"00000000-0000-0000-0000-000000000065\",{\"nps\":9}]]}"
        );
    }
}
