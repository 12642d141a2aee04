//! What makes two responses with one id "the same": a replay, or somebody else's answer.

use serde::Serialize;

use super::{Answer, End, Given, Response, Segment};
use crate::domain::{id::SurveyVersionId, lang::Lang};

/// The number of the form below. A change of the form is a new number, since hashes of the old one
/// stay in the store for as long as the responses do.
pub const FORM: i16 = 1;

/// Survey version, language, segment, assisted, how it ended and the answers, in the canonical
/// form [`FORM`]: JSON without white space, keys in this order, answers sorted by question. It says
/// nothing of time, place or device, which may differ between two honest deliveries.
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
    };
    // Plain numbers, strings and lists: the serialiser has nothing to refuse, and an empty form
    // would only make two such responses look alike.
    serde_json::to_vec(&form).unwrap_or_default()
}

#[derive(Serialize)]
struct Form<'a> {
    survey_version: SurveyVersionId,
    lang: Lang,
    segment: Option<Segment>,
    assisted: bool,
    end: End,
    answers: Vec<(uuid::Uuid, &'a Given)>,
}
